import { expect, it } from "vitest";
import { aRunningCampaign, asDialer, recordLog } from "../../../testing/campaigns.ts";
import { refuseCalls } from "../../../testing/phones.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { makeApiKey } from "../../account/api-key/manage-api-keys.ts";
import type { RootContext } from "../../platform/context.ts";
import { recordCalls } from "../../calling/call/record.ts";
import { screenBatch } from "../../calling/screening/screen-batch.ts";
import { screenCall } from "../../calling/screening/screen-call.ts";
import { verifyPermit } from "../../calling/screening/verify-permit.ts";
import { exportCalls, handOverCalls } from "./hand-over.ts";

const handed = (ctx: RootContext, more: { after?: string; limit?: number; key?: string } = {}) =>
  handOverCalls(asDialer(ctx), { key: "spring", limit: 100, ...more });

const phones = async (ctx: RootContext) => (await handed(ctx)).items.map(({ phone }) => phone);

it("gives permits for people who may be called, one phone each, and leaves out the others", async () => {
  const { ctx, ada, campaignId } = await aRunningCampaign();
  const page = await handed(ctx);

  expect(page).toMatchObject({ leftOut: 4, next: null });
  expect(page.items.map(({ phone }) => phone)).toContain(ada.phone);
  expect(page.items).toHaveLength(2);
  const [first] = page.items;
  expect(first).toMatchObject({ language: "en", script: expect.stringMatching(/^Hello, ada!/) });

  const { organizationId } = ctx;
  const screenings = await db.prisma.screening.findMany({
    where: { organizationId, campaign: "spring" },
  });
  expect(screenings.filter(({ verdict }) => verdict === "allow")).toHaveLength(2);
  const life = screenings.find(({ id }) => id === first?.screening);
  expect(Number(life?.permitUntil) - Number(life?.at)).toBeGreaterThan(298_000);
  expect(Number(life?.permitUntil) - Number(life?.at)).toBeLessThanOrEqual(300_000);
  expect(await db.prisma.campaignHandOver.findMany({ where: { organizationId } })).toMatchObject([
    { campaignId, people: 6, calls: 2, actor: { type: "key", id: "dialer" } },
  ]);
});

it("pages through everyone, nobody twice", async () => {
  const { ctx } = await aRunningCampaign();
  const seen: string[] = [];
  let page = await handed(ctx, { limit: 1 });
  for (;;) {
    seen.push(...page.items.map(({ phone }) => phone));
    if (page.next === null) break;
    page = await handed(ctx, { after: page.next, limit: 1 });
  }
  expect(new Set(seen).size).toBe(2);
  expect(seen).toHaveLength(2);
});

it("screens at that moment, so that a later opt-out counts", async () => {
  const { ctx, ada } = await aRunningCampaign();
  await refuseCalls(ctx, ada.phoneId);
  expect(await phones(ctx)).not.toContain(ada.phone);
});

it("gives permits that are valid online until the campaign is paused", async () => {
  const { ctx, move } = await aRunningCampaign({ cap: { calls: 10, days: 1 } });
  const [first] = (await handed(ctx)).items;
  if (first === undefined) throw new Error("nobody may be called");
  const { id } = await makeApiKey(as(ctx, "owner"), {
    reason: "It calls for us.",
    name: "Dialer",
    scopes: ["screen"],
  });
  const dialer = asDialer(ctx, id);
  const ask = { permit: first.permit, phone: first.phone, singleUse: false };
  expect(await verifyPermit(dialer, ask)).toMatchObject({ verdict: "allow" });

  await move("pause");
  const notRunning = {
    verdict: "refuse",
    refusals: [{ reason: "cannot-check", rule: "campaign.running" }],
  };
  expect(await verifyPermit(dialer, ask)).toMatchObject(notRunning);
  const call = { phone: first.phone, purpose: "marketing", campaign: "spring" };
  expect(await screenCall(ctx, call)).toMatchObject(notRunning);
  expect((await screenBatch(ctx, { defaults: {}, items: [call] })).results).toMatchObject([
    notRunning,
  ]);
  // The dialer's own campaigns are not ours.
  expect(await screenCall(ctx, { ...call, campaign: "inhouse" })).toMatchObject({
    verdict: "allow",
  });
  await expect(handed(ctx)).rejects.toMatchObject({
    code: "conflict",
    explanation: { key: "campaign.not-running" },
  });

  await move("resume");
  expect(await verifyPermit(dialer, ask)).toMatchObject({ verdict: "allow" });
});

it("keeps to its hours and its cap, whoever placed earlier calls", async () => {
  const { ctx, ada } = await aRunningCampaign({ cap: { calls: 1, days: 2 } });
  const at = new Date(Date.now() - 86_400_000).toISOString();
  const call = { phone: ada.phone, purpose: "marketing", at, campaign: "inhouse" };
  await recordCalls(asDialer(ctx), { rows: [call] });
  expect(await phones(ctx)).not.toContain(ada.phone);

  const { ctx: night } = await aRunningCampaign({
    hours: { days: ["MO", "TU", "WE", "TH", "FR", "SA", "SU"], from: "00:00", to: "00:01" },
  });
  expect(await handed(night)).toMatchObject({ items: [], leftOut: 6 });
});

it("requires a key with its scope", async () => {
  const { ctx } = await aRunningCampaign();
  const key = { type: "key", id: "gate", scopes: ["screen"] } as const;
  for (const asker of [{ ...ctx, actor: key }, as(ctx, "owner"), as(ctx, "marketer")]) {
    await expect(handOverCalls(asker, { key: "spring", limit: 1 })).rejects.toMatchObject({
      code: "forbidden",
    });
  }
});

it("hands over nothing of another organization's campaign", async () => {
  const { ctx } = await aRunningCampaign();
  await expect(handed(await aContext())).rejects.toMatchObject({ code: "not-found" });
  await recordLog(await aContext(), { NI: 30 });
  expect(await phones(ctx)).toHaveLength(2);
});

const reason = "The dialer takes files alone.";

it("gives calls with permits to members who may export numbers, and records the reason", async () => {
  const { ctx, ada, campaignId } = await aRunningCampaign();
  const { page } = await exportCalls(ctx, { campaignId, reason });
  expect((await page()).items).toContainEqual(
    expect.objectContaining({ phone: ada.phone, expiresAt: expect.any(Date) }),
  );
  const { organizationId } = ctx;
  expect(await db.prisma.campaignHandOver.findMany({ where: { organizationId } })).toMatchObject([
    { reason, calls: 2, actor: { type: "member", id: "ada" } },
  ]);
  expect(
    await db.prisma.auditEntry.count({ where: { organizationId, action: "campaign.export" } }),
  ).toBe(1);
});

it("gives nothing to marketers, and nothing of another organization's campaign", async () => {
  const { ctx, campaignId } = await aRunningCampaign();
  await expect(exportCalls(as(ctx, "marketer"), { campaignId, reason })).rejects.toMatchObject({
    code: "forbidden",
  });
  const { page } = await exportCalls(await aContext(), { campaignId, reason });
  await expect(page()).rejects.toMatchObject({
    code: "not-found",
  });
});
