import { expect, it } from "vitest";
import { aDraftForm, passChecks } from "../../../testing/forms.ts";
import { aRun } from "../../../testing/runs.ts";
import { aContext } from "../../../testing/scenes.ts";
import { claimRun, readRun } from "../../platform/run/index.ts";
import { draftCaptureForm } from "./draft-capture-form.ts";
import { endFormCheck } from "./end-form-check.ts";
import { requestFormCheck } from "./request-form-check.ts";

it("ends no check whose results went with a change, for whoever asks is answered with it", async () => {
  const ctx = await aContext();
  const { id, settings } = await aDraftForm(ctx, { url: "https://shop.example/contact" });
  const { runId } = await requestFormCheck(ctx, id);
  const job = { ...ctx, actor: { type: "job", name: "form.check" } } as const;
  const claimed = await claimRun(job, { runId, worker: "a" });
  if (claimed.outcome !== "claimed") throw new Error(claimed.outcome);
  const ending = { id, claim: claimed.claim, outcome: { checks: 34 }, error: null };

  await passChecks(ctx, id);
  await draftCaptureForm(ctx, { id, name: "Other", kind: "website_form", settings });
  expect(await requestFormCheck(ctx, id)).toEqual({ runId, isNew: false });
  expect(await endFormCheck(job, ending)).toBe(false);
  expect(await readRun(ctx, runId)).toMatchObject({ status: "running" });

  // As when it is changed while a browser still opens its page.
  const error = { key: "form.unchecked" } as const;
  expect(await endFormCheck(job, { ...ending, outcome: {}, error })).toBe(false);

  await passChecks(ctx, id);
  expect(await endFormCheck(job, ending)).toBe(true);
  expect(await readRun(ctx, runId)).toMatchObject({ status: "done", outcome: { checks: 34 } });
});

it("ends none of another organization", async () => {
  const { id } = await aDraftForm(await aContext());
  const job = await aContext({ type: "job", name: "form.check" });
  const claim = { runId: (await aRun(job)).runId, worker: "a", attempt: 1 };
  await expect(endFormCheck(job, { id, claim, outcome: {}, error: null })).rejects.toMatchObject({
    code: "not-found",
  });
});
