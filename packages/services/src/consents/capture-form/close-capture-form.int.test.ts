import { expect, it } from "vitest";
import { aForm, delivery } from "../../../testing/forms.ts";
import { aSubmission } from "../../../testing/submissions.ts";
import { aContext, as } from "../../../testing/scenes.ts";
import { closeCaptureForm } from "./close-capture-form.ts";
import { publishCaptureForm } from "./publish-capture-form.ts";
import { takeSubmission } from "./take-submission.ts";

it("takes nothing any more, also from a page that was open; published again, it does", async () => {
  const ctx = await aContext();
  const { id, address } = await aForm(ctx);
  const { form, ...sent } = await aSubmission(ctx, address);
  await closeCaptureForm(ctx, id);
  await expect(takeSubmission(form, sent)).rejects.toMatchObject({ code: "conflict" });

  await publishCaptureForm(ctx, id, delivery);
  const again = await aSubmission(ctx, address);
  expect(await takeSubmission(again.form, again)).toMatchObject({ confirmation: null });
});

it("is for owners and officers, and closes none of another organization", async () => {
  const ctx = await aContext();
  const { id } = await aForm(ctx);
  await expect(closeCaptureForm(as(ctx, "agent"), id)).rejects.toMatchObject({ code: "forbidden" });
  await expect(closeCaptureForm(await aContext(), id)).rejects.toMatchObject({ code: "not-found" });
});
