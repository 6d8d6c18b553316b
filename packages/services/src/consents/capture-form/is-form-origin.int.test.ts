import { expect, it } from "vitest";
import { aForm, origin } from "../../../testing/forms.ts";
import { aContext } from "../../../testing/scenes.ts";
import { formContext } from "./form-context.ts";
import { isFormOrigin } from "./is-form-origin.ts";

it("knows the origins of the form, and no others", async () => {
  const ctx = await aContext();
  const form = formContext(ctx, (await aForm(ctx)).address);
  expect(await isFormOrigin(form, origin)).toBe(true);
  expect(await isFormOrigin(form, "https://evil.example")).toBe(false);
});

it("says nothing of forms of another organization", async () => {
  const [ctx, { organizationId }] = [await aContext(), await aContext()];
  const form = formContext(ctx, (await aForm(ctx)).address);
  await expect(isFormOrigin({ ...form, organizationId }, origin)).rejects.toMatchObject({
    code: "not-found",
  });
});
