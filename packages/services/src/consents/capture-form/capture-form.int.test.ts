import { formatFormAddress } from "@ringfence/core/consents/capture-form";
import { expect, it } from "vitest";
import { aDraftForm, aForm, delivery } from "../../../testing/forms.ts";
import { aContext, db } from "../../../testing/scenes.ts";
import { aSubmission } from "../../../testing/submissions.ts";
import type { RootContext } from "../../platform/context.ts";
import { draftCaptureForm, publishCaptureForm } from "./draft-and-publish.ts";
import { createFormContext } from "./capture-form.ts";
import { submitEmbeddedForm } from "./submit.ts";

const onRecord = ({ organizationId }: RootContext) =>
  db.prisma.consentEvent.findMany({ where: { organizationId } });

it("collects under the published kind, whatever the draft has become", async () => {
  const ctx = await aContext();
  const { id, address, settings } = await aForm(ctx);
  await draftCaptureForm(ctx, { id, name: "Till", kind: "checkout", settings });
  const { form, ...sent } = await aSubmission(ctx, address);
  await submitEmbeddedForm(form, sent);
  expect(await onRecord(ctx)).toMatchObject([{ source: "website_form" }]);
});

it("rejects a page's submission to a paper form, whose page was never checked", async () => {
  const ctx = await aContext();
  const { id, settings } = await aDraftForm(ctx, { kind: "paper" });
  expect(await publishCaptureForm(ctx, { formId: id, delivery })).toEqual({ version: 1 });
  await draftCaptureForm(ctx, { id, name: "Contact us", kind: "website_form", settings });
  const address = formatFormAddress({ organizationId: ctx.organizationId, formId: id });
  await expect(aSubmission(ctx, address)).rejects.toMatchObject({
    explanation: { key: "form.not-on-page" },
  });
  const other = await aForm(ctx);
  const { submission, ...sent } = await aSubmission(ctx, other.address);
  const form = createFormContext(ctx, address);
  await expect(submitEmbeddedForm(form, { ...sent, submission })).rejects.toMatchObject({
    explanation: { key: "form.not-on-page" },
  });
  expect(await onRecord(ctx)).toEqual([]);
});
