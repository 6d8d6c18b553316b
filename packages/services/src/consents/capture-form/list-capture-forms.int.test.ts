import { expect, it } from "vitest";
import { aForm } from "../../../testing/forms.ts";
import { aSubmission } from "../../../testing/submissions.ts";
import { aContext, as } from "../../../testing/scenes.ts";
import { draftCaptureForm } from "./draft-capture-form.ts";
import { listCaptureForms } from "./list-capture-forms.ts";
import { takeSubmission } from "./take-submission.ts";

it("lists forms by name, with what they collected and whether they were changed", async () => {
  const ctx = await aContext();
  const { id, address, settings } = await aForm(ctx);
  await draftCaptureForm(ctx, { name: "A paper", kind: "paper", settings });
  const { form, ...sent } = await aSubmission(ctx, address);
  await takeSubmission(form, sent);

  expect(await listCaptureForms(ctx)).toMatchObject([
    { name: "A paper", kind: "paper", version: 0, isChanged: true, consents: 0 },
    { id, name: "Contact us", version: 1, isChanged: false, consents: 1, jurisdictions: ["US"] },
  ]);
});

it("is not for developers, and lists none of another organization", async () => {
  const ctx = await aContext();
  await aForm(ctx);
  await expect(listCaptureForms(as(ctx, "developer"))).rejects.toMatchObject({ code: "forbidden" });
  expect(await listCaptureForms(await aContext())).toEqual([]);
});
