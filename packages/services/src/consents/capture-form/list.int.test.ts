import { expect, it } from "vitest";
import { aConfirmation, by } from "../../../testing/confirmations.ts";
import { aForm } from "../../../testing/forms.ts";
import { aSubmission } from "../../../testing/submissions.ts";
import { aContext, as } from "../../../testing/scenes.ts";
import { confirmConsents } from "../confirmation/answer.ts";
import { openConfirmation } from "../confirmation/public-page.ts";
import { draftCaptureForm } from "./draft-and-publish.ts";
import { listCaptureForms, listCaptureFormsWithConsents, readCaptureForm } from "./list.ts";
import { submitEmbeddedForm } from "./submit.ts";

it("lists forms by name, with what they collected and whether they were changed", async () => {
  const ctx = await aContext();
  const { id, address, settings } = await aForm(ctx);
  await draftCaptureForm(ctx, { name: "A paper", kind: "paper", settings });
  const { form, ...sent } = await aSubmission(ctx, address);
  await submitEmbeddedForm(form, sent);

  expect(await listCaptureFormsWithConsents(ctx)).toMatchObject([
    { name: "A paper", kind: "paper", version: 0, isChanged: true, consents: 0 },
    { id, name: "Contact us", version: 1, isChanged: false, consents: 1, jurisdictions: ["US"] },
  ]);
});

it("counts a consent that awaits its confirmation only once it is confirmed", async () => {
  const { ctx, link } = await aConfirmation({ means: "sms", isAsked: true });
  expect(await listCaptureFormsWithConsents(ctx)).toMatchObject([
    { consents: 0, lastConsentAt: null },
  ]);
  const { ctx: person, confirmationId } = await openConfirmation(ctx, link);
  await confirmConsents(person, { confirmationId, act: "button pressed", ...by });
  expect(await listCaptureFormsWithConsents(ctx)).toMatchObject([
    { consents: 1, lastConsentAt: expect.any(Date) },
  ]);
});

it("refuses developers, and lists no form of another organization", async () => {
  const ctx = await aContext();
  await aForm(ctx);
  await expect(listCaptureForms(as(ctx, "developer"))).rejects.toMatchObject({ code: "forbidden" });
  expect(await listCaptureForms(await aContext())).toEqual([]);
});

it("shows a form with its texts to readers", async () => {
  const ctx = await aContext();
  const { id, address, settings } = await aForm(ctx);
  expect(await readCaptureForm(as(ctx, "auditor"), id)).toMatchObject({
    id,
    address,
    draft: settings,
    disclosures: [{ language: "en" }],
    versions: [{ version: 1, settings, disclosures: [{ language: "en" }] }],
  });
});

it("refuses developers, and shows no form of another organization", async () => {
  const ctx = await aContext();
  const { id } = await aForm(ctx);
  await expect(readCaptureForm(as(ctx, "developer"), id)).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(readCaptureForm(await aContext(), id)).rejects.toMatchObject({ code: "not-found" });
});
