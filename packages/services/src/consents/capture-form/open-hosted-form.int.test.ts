import { expect, it } from "vitest";
import { aForm } from "../../../testing/forms.ts";
import { describeHosted, hostedUrl } from "../../../testing/submissions.ts";
import { aContext } from "../../../testing/scenes.ts";
import { formContext } from "./form-context.ts";
import { openHostedForm } from "./open-hosted-form.ts";

it("gives our own page what it has to show, and a token of its own each time", async () => {
  const ctx = await aContext();
  const { address } = await aForm(ctx);
  const open = () => openHostedForm(formContext(ctx, address), describeHosted);
  const [one, other] = [await open(), await open()];
  expect(one.form).toMatchObject({ seller: "Acme", version: 1 });
  expect(JSON.parse(one.page)).toMatchObject({ url: hostedUrl, title: "May Acme contact you?" });
  expect(one.token).not.toBe(other.token);
});

it("opens nothing for members, nor by an address of another organization", async () => {
  const [ctx, other] = [await aContext(), await aContext()];
  const { address } = await aForm(ctx);
  await expect(openHostedForm(ctx, describeHosted)).rejects.toMatchObject({ code: "forbidden" });
  const { organizationId } = other;
  const elsewhere = { ...formContext(ctx, address), organizationId };
  await expect(openHostedForm(elsewhere, describeHosted)).rejects.toMatchObject({
    code: "not-found",
  });
});
