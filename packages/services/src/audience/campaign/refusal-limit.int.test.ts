import { aSeller } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import {
  aRunningCampaign,
  asDialer,
  createCallLog,
  recordLog,
} from "../../../testing/campaigns.ts";
import { refuseCalls } from "../../../testing/phones.ts";
import { queuedJob } from "../../../testing/queued-job.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { type RootContext, inTransaction } from "../../platform/context.ts";
import { recordCalls } from "../../calling/call/record.ts";
import { createWebhook } from "../../do-not-call/endpoint/webhook.ts";
import { listNeeds } from "../../desk/today/list-needs.ts";
import { moveCampaign } from "./move.ts";
import { readCampaign } from "./list.ts";
import { readResults } from "./results.ts";
import { queueCampaignWatches, watchCampaigns } from "./refusal-limit.ts";

const watching = (ctx: RootContext): RootContext => ({
  ...ctx,
  actor: { type: "job", name: "campaign.watch" },
});

it("pauses itself when its call log shows too many refusals, and says so", async () => {
  const { ctx, campaignId, marketer } = await aRunningCampaign({ refusalLimit: 0.1 });
  const url = "https://dialer.example/hook";
  await createWebhook(as(ctx, "owner"), {
    reason: "The dialer keeps its own list.",
    name: "Dialer",
    url,
    events: ["campaign.changed"],
  });
  const state = async () => (await readCampaign(ctx, { campaignId })).state;

  await recordLog(ctx, { NI: 6, SALE: 24, NA: 40 });
  expect(await state()).toBe("running");
  await recordLog(ctx, { NI: 1 });

  expect(await readCampaign(ctx, { campaignId })).toMatchObject({
    state: "paused",
    isHeld: true,
    steps: expect.arrayContaining([
      expect.objectContaining({
        act: "hold",
        by: null,
        held: { refused: 7, reached: 31, limit: 0.1 },
      }),
    ]),
  });
  const { organizationId } = ctx;
  expect(
    await db.prisma.delivery.count({ where: { organizationId, event: "campaign.changed" } }),
  ).toBe(1);
  expect(await listNeeds(marketer)).toMatchObject([
    { kind: "campaign-held", when: "now", campaignId, refused: 7, reached: 31 },
  ]);

  // Only an officer lets the campaign continue; the count starts anew at that moment.
  await expect(moveCampaign(marketer, { campaignId, act: "resume" })).rejects.toMatchObject({
    explanation: { key: "campaign.held" },
  });
  await moveCampaign(ctx, { campaignId, act: "resume" });
  expect(await listNeeds(marketer)).toEqual([]);
  await recordLog(ctx, { SALE: 1 });
  expect(await state()).toBe("running");
});

it("counts refusals made in other ways, which the sweep finds", async () => {
  const { ctx, campaignId } = await aRunningCampaign();
  await recordLog(ctx, { SALE: 20 });
  expect(await watchCampaigns(watching(ctx))).toBe(0);
  const calls = await db.prisma.call.findMany({
    where: { organizationId: ctx.organizationId },
    take: 8,
  });
  for (const { phoneId, at } of calls) await refuseCalls(ctx, phoneId as never, at);

  expect(await watchCampaigns(watching(ctx))).toBe(1);
  expect((await readCampaign(ctx, { campaignId })).state).toBe("paused");
  expect(await readResults(ctx, { campaignId })).toMatchObject({
    own: { called: 20, reached: { count: 20 }, accepted: { count: 20 }, optedOut: { count: 8 } },
  });
  expect(await watchCampaigns(watching(ctx))).toBe(0);
});

it("queues a count every few minutes for organizations with a running campaign, though one failed for good", async () => {
  const { ctx } = await aRunningCampaign();
  const idle = await aContext();
  const findJob = ({ organizationId }: RootContext) =>
    queuedJob(`campaign.watch ${organizationId}`);
  await queueCampaignWatches(db);
  await findJob(ctx).setJob("attempts = 25, max_attempts = 25");
  await queueCampaignWatches(db);

  expect(await findJob(ctx).jobs()).toMatchObject([{ attempts: 0 }]);
  expect(await findJob(idle).jobs()).toEqual([]);
});

it("pauses once when two logs cross the limit together", async () => {
  const { ctx, campaignId } = await aRunningCampaign();
  await Promise.all([recordLog(ctx, { NI: 15 }), recordLog(ctx, { NI: 15 })]);
  expect(await queuedJob(`campaign.watch/${ctx.organizationId}`).jobs()).toHaveLength(1);
  await Promise.all([watchCampaigns(watching(ctx)), watchCampaigns(watching(ctx))]);
  const { state, steps } = await readCampaign(ctx, { campaignId });
  expect(state).toBe("paused");
  expect(steps.filter(({ act }) => act === "hold")).toHaveLength(1);
});

it("counts while other logs are being recorded, without waiting for them", async () => {
  const { ctx, campaignId } = await aRunningCampaign();
  const state = async () => (await readCampaign(ctx, { campaignId })).state;
  const [one, other] = [createCallLog({ NI: 15 }), createCallLog({ NI: 15 })];
  await inTransaction(ctx, async (within) => {
    await recordCalls({ ...within, actor: asDialer(ctx).actor }, { rows: one });
    // The first log is not committed yet: neither the second nor a sweep waits for it or counts it.
    await recordCalls(asDialer(ctx), { rows: other });
    expect(await watchCampaigns(watching(ctx))).toBe(0);
  });
  expect(await state()).toBe("running");
  expect(await watchCampaigns(watching(ctx))).toBe(1);
  expect(await state()).toBe("paused");
});

it("queues a count after a log without refusals, and none after a log of unknown campaigns", async () => {
  const { ctx } = await aRunningCampaign();
  const { jobs } = queuedJob(`campaign.watch/${ctx.organizationId}`);
  await recordCalls(asDialer(ctx), { rows: createCallLog({ NI: 5 }, "inhouse") });
  expect(await jobs()).toEqual([]);
  await recordLog(ctx, { SALE: 1 });
  expect(await jobs()).toHaveLength(1);
});

it("ignores earlier calls, and those of another campaign or another organization", async () => {
  const [{ ctx, campaignId }, other] = [await aRunningCampaign(), await aRunningCampaign()];
  const old = createCallLog({ NI: 30 }).map((call) => ({ ...call, at: "2026-01-05T10:00:00Z" }));
  await recordCalls(ctx, { rows: [...old, ...createCallLog({ NI: 30 }, "inhouse")] });
  await recordLog(other.ctx, { NI: 30 });
  expect((await readCampaign(ctx, { campaignId })).state).toBe("running");
  expect(await watchCampaigns(watching(await aContext()))).toBe(0);
  await expect(watchCampaigns(ctx)).rejects.toMatchObject({ code: "forbidden" });
});

it("still counts refusals that were made while it was paused", async () => {
  const { campaignId, marketer, ctx } = await aRunningCampaign({ refusalLimit: 0.1 });
  await recordLog(ctx, { SALE: 20 });
  await moveCampaign(marketer, { campaignId, act: "pause" });
  await recordLog(ctx, { NI: 20 });
  expect(await moveCampaign(marketer, { campaignId, act: "resume" })).toEqual({ state: "paused" });
  expect(await readCampaign(ctx, { campaignId })).toMatchObject({ state: "paused", isHeld: true });
});

const logFor = (seller: string) => ({
  rows: createCallLog({ NI: 30 }).map((row) => ({ ...row, seller })),
});

it("does not count another seller's calls that name the campaign", async () => {
  const { ctx, campaignId } = await aRunningCampaign({ refusalLimit: 0.1 });
  await aSeller(db, ctx.organizationId, "bank");
  const standing = async () => {
    const { own } = await readResults(ctx, { campaignId });
    return { state: (await readCampaign(ctx, { campaignId })).state, called: own.called };
  };

  expect(await recordCalls(asDialer(ctx), logFor("bank"))).toMatchObject({ accepted: 30 });
  expect(await standing()).toEqual({ state: "running", called: 0 });
  await recordCalls(asDialer(ctx), logFor("acme"));
  expect(await standing()).toEqual({ state: "paused", called: 30 });
});
