import { expect, it } from "vitest";
import { approve, aPlan, aRunningCampaign, recordLog, logOf } from "../../../testing/campaigns.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { recordCalls } from "../../calling/call/record-calls.ts";
import { moveCampaign } from "./move-campaign.ts";
import { readResults } from "./read-results.ts";
import { saveCampaign } from "./save-campaign.ts";

it("tells what came of a campaign, beside all of its offer and all of its segment", async () => {
  const { ctx, marketer, segmentId, offerId, campaignId } = await aRunningCampaign();
  const other = await saveCampaign(marketer, aPlan({ segmentId, offerId }, { key: "autumn" }));
  await moveCampaign(marketer, { campaignId: other.id, act: "submit" });
  await approve(ctx, other.id);
  await moveCampaign(marketer, { campaignId: other.id, act: "start" });
  await recordLog(ctx, { SALE: 3, NI: 1, NA: 6 });
  await recordCalls(ctx, { rows: logOf({ SALE: 1, NA: 1 }, "autumn") });

  const { own, offers, ofSegment, holdOut } = await readResults(as(ctx, "auditor"), { campaignId });
  expect(own).toMatchObject({
    called: 10,
    reached: { count: 4, of: 10 },
    accepted: { count: 3, of: 4 },
    refused: { count: 1, of: 4 },
    optedOut: { count: 0 },
    complained: { count: 0 },
  });
  expect(own.accepted.low).toBeGreaterThan(0.3);
  expect(own.accepted.high).toBeLessThan(0.96);
  expect(holdOut).toBeNull();
  expect(offers).toMatchObject([{ own: { called: 10 } }]);
  for (const all of [offers[0]?.all, ofSegment]) {
    expect(all).toMatchObject({ called: 12, reached: { count: 5 }, accepted: { count: 4 } });
  }
});

it("counts people, and not their phones", async () => {
  const { ctx, campaignId, ada, bo } = await aRunningCampaign();
  const { organizationId } = ctx;
  const theirs = await db.prisma.contactPhone.findMany({
    where: { organizationId, contactId: { in: [ada.contactId, bo.contactId] } },
    include: { phone: true },
  });
  const [call] = logOf({ NI: 1 });
  const rows = theirs.map(({ phone: { e164 } }) => ({ ...call, phone: e164 }));
  await recordCalls(ctx, { rows: [...rows, ...logOf({ NA: 2 })] });
  const { own } = await readResults(ctx, { campaignId });
  expect(theirs).toHaveLength(3);
  expect(own).toMatchObject({ called: 4, phones: 5, reached: { count: 2 }, refused: { count: 2 } });
});

it("tells nothing of another organization's, nor to agents", async () => {
  const { ctx, campaignId } = await aRunningCampaign();
  await expect(readResults(await aContext(), { campaignId })).rejects.toMatchObject({
    code: "not-found",
  });
  await expect(readResults(as(ctx, "agent"), { campaignId })).rejects.toMatchObject({
    code: "forbidden",
  });
});
