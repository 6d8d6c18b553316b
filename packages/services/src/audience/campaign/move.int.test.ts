import { expect, it } from "vitest";
import { aDraft, aRunningCampaign } from "../../../testing/campaigns.ts";
import { getWebhookRequest } from "../../../testing/endpoints.ts";
import { claimDeliveries } from "../../do-not-call/endpoint/claim.ts";
import { createWebhook } from "../../do-not-call/endpoint/webhook.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { saveSegment } from "../segment/save.ts";
import { moveCampaign } from "./move.ts";
import { readCampaign } from "./list.ts";

const byName = (a: string, b: string) => a.localeCompare(b);

it("goes back to its author with a reason, and runs once another officer has approved it", async () => {
  const { ctx, marketer, campaignId, move } = await aDraft();
  await move("submit", marketer);
  await moveCampaign(ctx, { campaignId, act: "refuse", reason: "The label is vague." });
  expect(await readCampaign(ctx, { campaignId })).toMatchObject({
    state: "draft",
    steps: [{}, {}, { act: "refuse", reason: "The label is vague." }],
  });

  await move("submit", marketer);
  expect(await move("approve")).toEqual({ state: "approved" });
  expect(await move("start", marketer)).toEqual({ state: "running" });
  const { organizationId } = ctx;
  expect(
    await db.prisma.auditEntry.findMany({
      where: { organizationId, action: "campaign.review" },
      orderBy: { id: "asc" },
    }),
  ).toMatchObject([{ details: { act: "refuse" } }, { details: { act: "approve" } }]);
});

it("is reviewed by officers only, and not by its authors", async () => {
  const { ctx, marketer, move } = await aDraft();
  await move("submit", marketer);
  for (const role of ["owner", "marketer", "auditor"] as const) {
    await expect(move("approve", as(ctx, role))).rejects.toMatchObject({ code: "forbidden" });
  }
  // Bob is a marketer here, and would be an officer: the same person all the same.
  await expect(move("approve", as(ctx, "officer"))).rejects.toMatchObject({
    code: "conflict",
    explanation: { key: "campaign.own-review" },
  });
});

it("is approved only as the reviewer saw it, without later changes", async () => {
  const { ctx, marketer, campaignId, move } = await aDraft();
  await move("submit", marketer);
  const seen = (await readCampaign(ctx, { campaignId })).steps.at(-1)?.id ?? "";
  await move("reopen", marketer);
  await move("submit", marketer);
  await expect(moveCampaign(ctx, { campaignId, act: "approve", seen })).rejects.toMatchObject({
    explanation: { key: "campaign.changed-meanwhile" },
  });
  expect(await move("approve")).toEqual({ state: "approved" });
});

it("lets the database reject authors who review their own campaign", async () => {
  const { ctx, campaignId } = await aDraft();
  const { organizationId } = ctx;
  const step = { organizationId, campaignId, state: "approved", at: new Date() };
  await expect(
    db.prisma.campaignStep.create({
      data: { ...step, act: "approve", actor: { type: "member", id: "bob" } },
    }),
  ).rejects.toThrow(/another than who wrote it/);
});

it("does not run with a rule that nobody has reviewed", async () => {
  const { ctx, marketer, segmentId, move } = await aDraft();
  await move("submit", marketer);
  await move("approve");
  await saveSegment(ctx, {
    segment: { id: segmentId, version: 1 },
    name: "All",
    rule: { is: "none", of: [] },
  });
  await expect(move("start", marketer)).rejects.toMatchObject({
    explanation: { key: "campaign.segment-changed" },
  });
  await move("reopen", marketer);
  await move("submit", marketer);
  await move("approve");
  expect(await move("start", marketer)).toEqual({ state: "running" });
});

it("notifies dialers when calls may be placed and when they may no longer", async () => {
  const { ctx, marketer, move } = await aDraft();
  const url = "https://dialer.example/hook";
  const events = ["campaign.changed" as const];
  const owner = as(ctx, "owner");
  const { id: endpointId } = await createWebhook(owner, {
    reason: "The dialer keeps its own list.",
    name: "Dialer",
    url,
    events,
  });
  await move("submit", marketer);
  await move("approve");
  await move("start");
  await move("pause");
  await move("resume");
  await move("finish");
  const worker = { ...ctx, actor: { type: "job", name: "webhook.deliver" } } as const;
  const sent = await claimDeliveries(worker, { endpointId, limit: 10 });
  const told = sent.map((delivery) => JSON.parse(getWebhookRequest(delivery).body).data);
  const calls = `/v1/campaigns/${told[0].campaign}/calls`;
  expect(told).toMatchObject([
    { change: "start", state: "running", calls },
    { change: "pause", state: "paused", calls: null },
    { change: "resume", state: "running", calls },
    { change: "finish", state: "done", calls: null },
  ]);
});

it("accepts one of two acts that exclude each other", async () => {
  const { ctx, campaignId, move, marketer } = await aRunningCampaign();
  const outcomes = await Promise.allSettled([move("finish", marketer), move("finish")]);
  expect(outcomes.map(({ status }) => status).toSorted(byName)).toEqual(["fulfilled", "rejected"]);
  const { steps } = await readCampaign(ctx, { campaignId });
  expect(steps.filter(({ act }) => act === "finish")).toHaveLength(1);
});

it("does not find another organization's campaign", async () => {
  const { campaignId } = await aDraft();
  await expect(moveCampaign(await aContext(), { campaignId, act: "submit" })).rejects.toMatchObject(
    { code: "not-found" },
  );
});
