import { aPhone } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import {
  aPlan,
  approve,
  aRunningCampaign,
  asDialer,
  permitsEnd,
} from "../../../testing/campaigns.ts";
import { refuseCalls } from "../../../testing/phones.ts";
import { as, db } from "../../../testing/scenes.ts";
import type { RootContext } from "../../platform/context.ts";
import { recordCalls } from "../../calling/call/record-calls.ts";
import { exportCalls } from "./export-calls.ts";
import { handOverCalls } from "./hand-over-calls.ts";
import { moveCampaign } from "./move-campaign.ts";
import { saveCampaign } from "./save-campaign.ts";

type Asked = { dialer?: string; after?: string; limit?: number; key?: string };

const handed = (ctx: RootContext, { dialer, key = "spring", limit = 100, after }: Asked = {}) =>
  handOverCalls(asDialer(ctx, dialer), { key, limit, ...(after !== undefined && { after }) });
const phonesIn = ({ items }: { items: readonly { phone: string }[] }) =>
  items.map(({ phone }) => phone).toSorted();

it("gives a person to one dialer at a time, until the permit ends", async () => {
  const { ctx } = await aRunningCampaign();
  const first = await handed(ctx);
  expect(first.items).toHaveLength(2);
  // Another key, the same key that begins anew, and a file.
  expect((await handed(ctx, { dialer: "other" })).items).toEqual([]);
  expect((await handed(ctx)).items).toEqual([]);
  const { page } = await exportCalls(ctx, {
    campaignId: (await campaignOf(ctx)).id as never,
    reason: "The dialer takes files alone.",
  });
  expect((await page()).items).toEqual([]);

  const { organizationId } = ctx;
  const held = await db.prisma.handedPhone.findMany({ where: { organizationId } });
  // Two people with three phones: who may not be called is held by nobody.
  expect(held.map(({ until }) => until)).toEqual(
    Array.from({ length: 3 }, () => first.items[0]?.expiresAt),
  );
  await permitsEnd(ctx);
  expect(phonesIn(await handed(ctx, { dialer: "other" }))).toEqual(phonesIn(first));
});

const campaignOf = ({ organizationId }: RootContext) =>
  db.prisma.campaign.findFirstOrThrow({ where: { organizationId } });

it("lets go whose call is on record, by whichever of their phones", async () => {
  const { ctx, bo } = await aRunningCampaign({ cap: { calls: 10, days: 1 } });
  const first = await handed(ctx);
  const { phoneId } = await db.prisma.contactPhone.findFirstOrThrow({
    where: { organizationId: ctx.organizationId, contactId: bo.contactId },
    orderBy: { phoneId: "desc" },
  });
  const { e164 } = await db.prisma.phone.findFirstOrThrow({ where: { id: phoneId } });
  const call = { phone: e164, purpose: "marketing", at: new Date().toISOString() };
  await recordCalls(asDialer(ctx), { rows: [{ ...call, campaign: "inhouse" }] });
  expect((await handed(ctx)).items).toEqual([]);
  await recordCalls(asDialer(ctx), { rows: [{ ...call, campaign: "spring", outcome: "busy" }] });
  const again = phonesIn(await handed(ctx));
  expect(again).toHaveLength(1);
  expect(phonesIn(first)).toContain(again[0]);
});

it("gives a page again to who had it, with fresh permits, and to nobody else", async () => {
  const { ctx, ada } = await aRunningCampaign();
  const first = await handed(ctx);
  const again = await handed(ctx, { after: first.page });
  expect([phonesIn(again), again.page, again.next]).toEqual([phonesIn(first), first.page, null]);
  expect(again.items[0]?.permit).not.toBe(first.items[0]?.permit);

  const notFound = { explanation: { key: "campaign.hand-over-not-found" } };
  for (const asked of [
    { dialer: "other", after: first.page },
    { after: `${ctx.organizationId}.0` },
  ]) {
    await expect(handed(ctx, asked)).rejects.toMatchObject(notFound);
  }
  // Screened anew: who has refused since is not on it, and is still held for as long as they were.
  await refuseCalls(ctx, ada.phoneId);
  expect((await handed(ctx, { after: first.page })).items).toHaveLength(1);
  expect(await db.prisma.handedPhone.count({ where: { phoneId: ada.phoneId } })).toBe(1);
});

it("divides people between dialers that ask at once, also those who share a phone", async () => {
  const { ctx, cy, di, ed } = await aRunningCampaign();
  const { organizationId } = ctx;
  const phoneId = await aPhone(db, organizationId);
  for (const { contactId } of [cy, di, ed]) {
    const { ordinal } = await db.prisma.contact.findFirstOrThrow({ where: { id: contactId } });
    const whose = { organizationId, contactId, contactOrdinal: ordinal };
    await db.prisma.contactPhone.create({ data: { ...whose, phoneId } });
  }
  const dialers = Array.from({ length: 6 }, (_, index) => `dialer-${index}`);
  const pages = await Promise.all(dialers.map((dialer) => handed(ctx, { dialer, limit: 1 })));
  const given = pages.flatMap(phonesIn);
  expect(new Set(given).size).toBe(given.length);
  const rest = await handed(ctx, { dialer: "last" });
  expect(new Set([...given, ...phonesIn(rest)]).size).toBe(2);
});

it("holds a person for one campaign against all others", async () => {
  const { ctx, marketer, segmentId, offerId } = await aRunningCampaign();
  const other = aPlan({ segmentId, offerId }, { key: "urgent", priority: 90 });
  const { id: campaignId } = await saveCampaign(marketer, other);
  await moveCampaign(marketer, { campaignId, act: "submit" });
  await approve(ctx, campaignId);
  const first = await handed(ctx);
  await moveCampaign(as(ctx, "marketer"), { campaignId, act: "start" });
  expect((await handed(ctx, { key: "urgent" })).items).toEqual([]);
  await permitsEnd(ctx);
  expect(phonesIn(await handed(ctx, { key: "urgent" }))).toEqual(phonesIn(first));
});
