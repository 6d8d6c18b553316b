import { expect, it } from "vitest";
import { aRunningCampaign } from "../../../testing/campaigns.ts";
import { aCallablePhone } from "../../../testing/phones.ts";
import {
  aPolicyRule,
  aRuleOfKind,
  draftPolicy,
  putPolicy,
  twoOfficers,
} from "../../../testing/policies.ts";
import { aContext, db } from "../../../testing/scenes.ts";
import { savePolicyDraft } from "../../calling/policy/index.ts";
import { screenCall } from "../../calling/screening/index.ts";
import type { RootContext } from "../../platform/context.ts";
import { claimRun, finishRun } from "../../platform/run/index.ts";
import { listLawPreviews, listPolicyPreviews, requestPolicyPreview } from "./request-and-list.ts";
import { runLawPreview } from "./run.ts";

const noCalls = aRuleOfKind("dialer", { dialers: ["live_agent"] });

/** An organization with one call that was allowed, and two officers. */
async function aScreenedCall() {
  const ctx = await aContext();
  const { phone } = await aCallablePhone(ctx);
  const officers = await twoOfficers(ctx);
  const { id, checked } = await screenCall(ctx, { phone, purpose: "marketing" });
  return { officers, screeningId: id, at: checked.at };
}

const asWorker = (ctx: RootContext): RootContext => ({
  ...ctx,
  actor: { type: "job", name: "law.preview" },
});

/** Requests a preview of a draft, and claims its run as a worker. */
async function begin(ctx: RootContext, draftId: string) {
  const { id: previewId, runId } = await requestPolicyPreview(ctx, { draftId, span: 1 });
  const claimed = await claimRun(asWorker(ctx), { runId, worker: "a" });
  if (claimed.outcome !== "claimed") throw new Error(claimed.outcome);
  return { previewId, claim: claimed.claim, onProgress: () => {} };
}

async function preview(ctx: RootContext, draftId: string) {
  const begun = await begin(ctx, draftId);
  await runLawPreview(asWorker(ctx), begun);
  await finishRun(asWorker(ctx), { claim: begun.claim, outcome: {} });
  const [view] = await listPolicyPreviews(ctx, { draftId });
  return view?.result;
}

it("judges recent calls under a draft, and counts the difference by reason", async () => {
  const { officers, screeningId } = await aScreenedCall();
  const { writer } = officers;
  const { draftId } = await draftPolicy(writer, [noCalls]);
  const screenings = await db.prisma.screening.count({
    where: { organizationId: writer.organizationId },
  });
  const result = await preview(writer, draftId);
  expect(result?.calls).toMatchObject({ judged: 1, newlyRefused: 1, newlyAllowed: 0 });
  expect(result?.calls.reasons).toEqual([{ reason: "dialer-not-allowed", before: 0, after: 1 }]);
  expect(result?.rows).toMatchObject([
    {
      screeningId,
      isRefused: true,
      reasons: [{ reason: "dialer-not-allowed", rule: "policy.dialer-1" }],
    },
  ]);
  // Nothing is recorded, and no preview of law shows it.
  expect(
    await db.prisma.screening.count({ where: { organizationId: writer.organizationId } }),
  ).toBe(screenings);
  const day = new Date().toISOString().slice(0, 10);
  expect(await listLawPreviews(writer, { day })).toEqual([]);
});

it("compares with the policy in force, so that a draft without rules allows more", async () => {
  const { officers } = await aScreenedCall();
  const { writer } = officers;
  await putPolicy(officers, [noCalls]);
  const { draftId } = await draftPolicy(writer, []);
  const result = await preview(writer, draftId);
  expect(result?.calls).toMatchObject({ newlyRefused: 0, newlyAllowed: 1 });
});

it("judges the people of a running campaign under a draft", async () => {
  const { ctx, campaignId } = await aRunningCampaign();
  const { writer } = await twoOfficers(ctx);
  const { draftId } = await draftPolicy(writer, [noCalls]);
  const result = await preview(writer, draftId);
  expect(result?.campaigns).toMatchObject([{ campaignId, newlyRefused: 2, newlyAllowed: 0 }]);
});

it("previews the draft that was asked about, and no other version or organization’s", async () => {
  const { officers } = await aScreenedCall();
  const { writer } = officers;
  const { draftId, hash } = await draftPolicy(writer, [noCalls]);
  const begun = await begin(writer, draftId);
  await savePolicyDraft(writer, { draftId, before: hash, rules: [aPolicyRule()] });
  await expect(runLawPreview(asWorker(writer), begun)).rejects.toMatchObject({ code: "conflict" });
  expect(await listPolicyPreviews(writer, { draftId })).toEqual([]);
  const stranger = await twoOfficers();
  await expect(requestPolicyPreview(stranger.writer, { draftId, span: 1 })).rejects.toMatchObject({
    code: "not-found",
  });
});
