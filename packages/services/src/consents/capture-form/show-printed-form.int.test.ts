import { DisclosureId } from "@ringfence/core/ids";
import { expect, it } from "vitest";
import { aDisclosure, aDraft, aForm, delivery } from "../../../testing/forms.ts";
import { aContext } from "../../../testing/scenes.ts";
import { closeCaptureForm } from "./close-capture-form.ts";
import { draftCaptureForm } from "./draft-capture-form.ts";
import { formContext } from "./form-context.ts";
import { publishCaptureForm } from "./publish-capture-form.ts";
import { showPrintedForm } from "./show-printed-form.ts";

it("shows a paper form in the version that was signed, also after a new one and its end", async () => {
  const ctx = await aContext();
  const { id, address, settings } = await aForm(ctx, { kind: "paper" });
  const { id: textId, version } = await aDisclosure(ctx, aDraft({ text: "Acme may write to me." }));
  const changed = { ...settings, disclosures: [{ id: DisclosureId.parse(textId), version }] };
  await draftCaptureForm(ctx, { id, name: "Contact us", kind: "paper", settings: changed });
  await publishCaptureForm(ctx, id, delivery);
  await closeCaptureForm(ctx, id);
  const form = formContext(ctx, address);

  const first = await showPrintedForm(form, 1);
  expect(first).toMatchObject({ id, seller: "Acme", version: 1, isOpen: false, isOnPage: false });
  expect(first.disclosures.map(({ text }) => text)).toEqual([
    "Acme may call me about its offers. I can say no on any call.",
  ]);
  const latest = await showPrintedForm(form, null);
  expect(latest.version).toBe(2);
  expect(latest.disclosures.map(({ text }) => text)).toEqual(["Acme may write to me."]);
});

it("says of a website form that it can be filled in too", async () => {
  const ctx = await aContext();
  const { address } = await aForm(ctx);
  expect(await showPrintedForm(formContext(ctx, address), null)).toMatchObject({ isOnPage: true });
});

it("shows no version that is not there, no draft, and nothing of another organization", async () => {
  const [ctx, other] = [await aContext(), await aContext()];
  const { address, settings } = await aForm(ctx, { kind: "paper" });
  const form = formContext(ctx, address);
  const { id } = await draftCaptureForm(ctx, { name: "New", kind: "paper", settings });
  const drafted = { ...form, actor: { type: "form", id } as const };
  const notThere = { code: "not-found" };
  await expect(showPrintedForm(form, 2)).rejects.toMatchObject(notThere);
  await expect(showPrintedForm(drafted, null)).rejects.toMatchObject(notThere);
  const { organizationId } = other;
  await expect(showPrintedForm({ ...form, organizationId }, 1)).rejects.toMatchObject(notThere);
});
