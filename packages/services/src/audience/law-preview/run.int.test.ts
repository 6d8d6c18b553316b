import type { RuleRow } from "@ringfence/core/people/jurisdiction";
import { aSeller } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aRunningCampaign } from "../../../testing/campaigns.ts";
import { aRuleLike, inDays, keepRule } from "../../../testing/kept-law.ts";
import { aCallablePhone, erase } from "../../../testing/phones.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { allowed } from "../../../testing/violations.ts";
import { screenCall } from "../../calling/screening/index.ts";
import type { RootContext } from "../../platform/context.ts";
import { claimRun, finishRun, listRuns } from "../../platform/run/index.ts";
import { listLawPreviews, requestLawPreview } from "./request-and-list.ts";
import { runLawPreview } from "./run.ts";

const rule_id = "US.test.ban";

/** Adds a rule to an organization's former law that bans every call in the United States between two dates. */
const ban = (ctx: RootContext, dates: Pick<RuleRow, "effective_from" | "effective_to">) =>
  keepRule(
    ctx,
    "US",
    aRuleLike("US-TX.hours", {
      rule_id,
      type: "dialer_restriction",
      effect: "block",
      when: {},
      value: { prohibited: ["all"] },
      ...dates,
    }),
  );

const asWorker = (ctx: RootContext): RootContext => ({
  ...ctx,
  actor: { type: "job", name: "law.preview" },
});

/** Requests a preview and claims its run as a worker. */
async function begin(ctx: RootContext, day: string, span: 7 | 30 = 7) {
  const { id: previewId, runId } = await requestLawPreview(ctx, { day, span });
  const claimed = await claimRun(asWorker(ctx), { runId, worker: "a" });
  if (claimed.outcome !== "claimed") throw new Error(claimed.outcome);
  return { previewId, claim: claimed.claim };
}

/** Runs a preview, and returns what the page shows. */
async function make(ctx: RootContext, day: string, span: 7 | 30 = 7) {
  const begun = await begin(ctx, day, span);
  const steps: unknown[] = [];
  await runLawPreview(asWorker(ctx), { ...begun, onProgress: (step) => steps.push(step) });
  await finishRun(asWorker(ctx), { claim: begun.claim, outcome: {} });
  const view = (await listLawPreviews(ctx, { day })).find(({ id }) => id === begun.previewId);
  if (!view?.result) throw new Error("no result");
  return { ...view.result, steps };
}

/** A call that was screened and allowed. */
async function scene() {
  const ctx = await aContext();
  const callable = await aCallablePhone(ctx);
  const screen = () => screenCall(ctx, { phone: callable.phone, purpose: "marketing" });
  return { ctx, ...callable, screen };
}

it("hides its runs from members limited to some sellers, because they count calls of all", async () => {
  const ctx = await aContext();
  const { organizationId } = ctx;
  const { id } = await requestLawPreview(ctx, { day: inDays(3), span: 7 });
  const asked = { subjectId: id, limit: 5 };
  expect((await listRuns(ctx, asked)).runs).toHaveLength(1);
  const seller = await aSeller(db, organizationId);
  const actor = { type: "member", id: "bob", role: "marketer", sellerIds: [seller] } as const;
  expect((await listRuns({ ...ctx, actor }, asked)).runs).toEqual([]);
});

it("starts at most two previews at once for an organization, and the next when one is done", async () => {
  const ctx = await aContext();
  const first = await begin(ctx, inDays(3));
  await requestLawPreview(ctx, { day: inDays(4), span: 7 });
  const third = { day: inDays(5), span: 7 } as const;
  await expect(requestLawPreview(ctx, third)).rejects.toMatchObject({
    code: "conflict",
    explanation: { key: "law-preview.busy" },
  });
  expect(await listLawPreviews(ctx, { day: third.day })).toEqual([]);
  // The same preview again adds none, and other organizations are not held up.
  await requestLawPreview(ctx, { day: inDays(4), span: 7 });
  await requestLawPreview(await aContext(), third);

  await finishRun(asWorker(ctx), { claim: first.claim, outcome: {} });
  expect(await requestLawPreview(ctx, third)).toMatchObject({ isNew: true });
});

it("starts no third preview, even if three are requested at the same moment", async () => {
  const ctx = await aContext();
  const asked = [3, 4, 5].map((days) => requestLawPreview(ctx, { day: inDays(days), span: 7 }));
  const outcomes = (await Promise.allSettled(asked)).map(({ status }) => status);
  expect(outcomes.toSorted()).toEqual(["fulfilled", "fulfilled", "rejected"]);
});

it("counts and lists calls that the law of the day refuses, and records no screening", async () => {
  const { ctx, screen } = await scene();
  const { id: screeningId, verdict } = await screen();
  expect(verdict).toBe("allow");
  await ban(ctx, { effective_from: inDays(10), effective_to: null });

  const dayBefore = await make(ctx, inDays(9));
  expect(dayBefore.calls).toMatchObject({ found: 1, judged: 1, newlyRefused: 0, refusedAfter: 0 });
  expect(dayBefore.rows).toEqual([]);

  const onTheDay = await make(ctx, inDays(10));
  expect(onTheDay).toMatchObject({ comparedWith: inDays(0), campaigns: [], campaignsLeftOut: 0 });
  expect(onTheDay.calls).toEqual({
    found: 1,
    unknown: 0,
    judged: 1,
    refusedBefore: 0,
    refusedAfter: 1,
    newlyRefused: 1,
    newlyAllowed: 0,
    reasons: [{ reason: "dialer-not-allowed", before: 0, after: 1 }],
  });
  expect(onTheDay.rows).toEqual([
    {
      screeningId,
      campaignId: null,
      contactId: null,
      isRefused: true,
      reasons: [{ reason: "dialer-not-allowed", rule: rule_id }],
    },
  ]);
  expect(onTheDay.steps).toEqual([
    { rows: 0, bytes: 0, totalBytes: 1 },
    { rows: 1, bytes: 1, totalBytes: 1 },
  ]);
  const { organizationId } = ctx;
  expect(await db.prisma.screening.count({ where: { organizationId } })).toBe(1);
});

it("counts calls that the law of the day newly allows", async () => {
  const { ctx, screen } = await scene();
  await ban(ctx, { effective_from: null, effective_to: inDays(5) });
  expect((await screen()).verdict).toBe("refuse");
  expect((await make(ctx, inDays(5))).calls).toMatchObject({ newlyAllowed: 0, refusedAfter: 1 });
  const after = await make(ctx, inDays(6));
  expect(after.calls).toMatchObject({ newlyAllowed: 1, refusedBefore: 1, refusedAfter: 0 });
  expect(after.rows).toMatchObject([{ isRefused: false, reasons: [{ rule: rule_id }] }]);
});

it("replaces the former result of the same day when it runs again", async () => {
  const { ctx, screen } = await scene();
  await screen();
  await ban(ctx, { effective_from: inDays(10), effective_to: null });
  const day = inDays(12);
  expect((await make(ctx, day)).rows).toHaveLength(1);
  await ban(ctx, { effective_from: inDays(20), effective_to: null });
  expect((await make(ctx, day)).rows).toEqual([]);
  expect(await listLawPreviews(ctx, { day })).toHaveLength(1);
});

it("judges only calls of the requested days, and counts those that can no longer be judged", async () => {
  const { ctx, phone, phoneId, sellerId, screen } = await scene();
  await screen();
  await allowed(ctx, { phoneId, sellerId }, new Date(Date.now() - 8 * 86_400_000));
  expect((await make(ctx, inDays(3), 7)).calls).toMatchObject({ found: 1, judged: 1 });
  expect((await make(ctx, inDays(3), 30)).calls).toMatchObject({ found: 2, judged: 2 });
  await erase(ctx, phone);
  expect((await make(ctx, inDays(3), 30)).calls).toMatchObject({ judged: 0, unknown: 2 });
});

it("judges the people in running campaigns, whatever the hour", async () => {
  const { ctx, campaignId, ada, bo } = await aRunningCampaign();
  await ban(ctx, { effective_from: inDays(10), effective_to: null });
  const { campaigns, rows } = await make(ctx, inDays(10));
  expect(campaigns).toMatchObject([{ campaignId, people: 6, newlyRefused: 2, newlyAllowed: 0 }]);
  expect(new Set(rows.map(({ contactId }) => contactId))).toEqual(
    new Set([ada.contactId, bo.contactId]),
  );
});

it("ignores changed hours for people, because it is not known when they will be called", async () => {
  const { ctx } = await aRunningCampaign();
  await keepRule(
    ctx,
    "US",
    aRuleLike("SA.hours", {
      rule_id,
      effective_from: inDays(10),
      value: {
        ...Object(aRuleLike("SA.hours", {}).value),
        windows: [{ days: ["MO"], from: "03:00", to: "03:01" }],
      },
    }),
  );
  expect((await make(ctx, inDays(10))).campaigns).toMatchObject([{ newlyRefused: 0 }]);
});

it("saves nothing once another worker has taken the run over", async () => {
  const { ctx, screen } = await scene();
  await screen();
  const { previewId, claim } = await begin(ctx, inDays(10));
  const late = { previewId, claim: { ...claim, attempt: 9 }, onProgress: () => {} };
  await expect(runLawPreview(asWorker(ctx), late)).rejects.toMatchObject({ code: "conflict" });
  expect(await listLawPreviews(ctx, { day: inDays(10) })).toMatchObject([{ result: null }]);
});

it("refuses a past day, an auditor, and another organization", async () => {
  const ctx = await aContext();
  const today = { day: inDays(0), span: 7 } as const;
  await expect(requestLawPreview(ctx, { ...today, day: inDays(-1) })).rejects.toMatchObject({
    code: "invalid-field",
  });
  await expect(requestLawPreview(as(ctx, "auditor"), today)).rejects.toMatchObject({
    code: "forbidden",
  });
  const begun = await begin(ctx, inDays(0));
  const other = await aContext();
  expect(await listLawPreviews(other, { day: inDays(0) })).toEqual([]);
  await expect(
    runLawPreview(asWorker(other), { ...begun, onProgress: () => {} }),
  ).rejects.toMatchObject({ code: "not-found" });
});
