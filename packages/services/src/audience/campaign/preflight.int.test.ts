import { PurposeKey } from "@ringfence/core/account/purpose";
import { expect, it } from "vitest";
import { aPlan } from "../../../testing/campaign-plan.ts";
import { aDraft, recordLog } from "../../../testing/campaigns.ts";
import { anOffer } from "../../../testing/offers.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { asRefresher, twoSellers } from "../../../testing/segment-scene.ts";
import { aScreenedSegment, sixPeople, screeningsAsked } from "../../../testing/waterfall-scene.ts";
import { refreshSegment } from "../segment/refresh.ts";
import { saveSegment } from "../segment/save.ts";
import { saveOffer } from "../offer/save.ts";
import { readPreflight } from "./preflight.ts";
import { saveCampaign } from "./save.ts";

it("shows who may be called, what they would hear, and what to expect", async () => {
  const { ctx, marketer, campaignId } = await aDraft();
  await recordLog(ctx, { SALE: 10, NI: 5, NA: 85 });

  const { waterfall, audience, sample, forecast } = await readPreflight(marketer, { campaignId });
  expect(waterfall).toMatchObject({ isCurrent: true, counts: { callable: 2 } });
  expect(audience).toEqual({ people: 6, elsewhere: 0, settled: 0 });
  expect(sample).toMatchObject([
    { name: "ada", script: expect.stringMatching(/^Hello, ada! Acme/i) },
    { name: "bo" },
  ]);
  expect(sample[0]?.phones[0]).not.toMatch(/^\+\d+$/); // masked for a marketer
  expect(forecast).toMatchObject({ calls: 100, reached: { count: 15 }, refused: { count: 5 } });
  expect(forecast.refused.low).toBeGreaterThan(0.02);
  expect(forecast.refused.high).toBeLessThan(0.12);

  const { organizationId } = ctx;
  expect(
    await db.prisma.auditEntry.findMany({ where: { organizationId, action: "campaign.read" } }),
  ).toMatchObject([{ details: { campaignId, listed: 2 } }]);
});

it("shows no counts by a rule that asked about consents to another seller", async () => {
  const { ctx } = await sixPeople();
  const { mine, theirs, marketer } = await twoSellers(ctx);
  const segment = await aScreenedSegment(ctx, { is: "any", of: [theirs, mine] });
  await saveSegment(ctx, { segment, name: "All", rule: mine });
  const offer = anOffer({ purpose: PurposeKey.parse("marketing") });
  const { id: offerId } = await saveOffer(marketer, offer);
  const plan = aPlan({ segmentId: segment.id, offerId });
  const { id: campaignId } = await saveCampaign(marketer, plan);
  expect(await readPreflight(as(ctx, "officer"), { campaignId })).toMatchObject({
    waterfall: { counts: { callable: 2 } },
  });
  expect(await readPreflight(marketer, { campaignId })).toMatchObject({
    waterfall: null,
    sample: [],
  });
});

it("shows no audience of an offer for a segment that asks about consents to another seller", async () => {
  const { ctx } = await sixPeople();
  const { mine, theirs, marketer } = await twoSellers(ctx);
  const segment = await aScreenedSegment(ctx, mine);
  const { id: eligibility } = await saveSegment(ctx, { name: "Theirs", rule: theirs });
  await refreshSegment(asRefresher(ctx), eligibility);
  const purpose = PurposeKey.parse("marketing");
  const { id: offerId } = await saveOffer(ctx, anOffer({ purpose, eligibility }));
  const plan = aPlan({ segmentId: segment.id, offerId });
  const { id: campaignId } = await saveCampaign(marketer, plan);
  expect(await readPreflight(as(ctx, "officer"), { campaignId })).toMatchObject({
    audience: { people: expect.any(Number) },
    fit: { people: expect.any(Number) },
  });
  expect(await readPreflight(marketer, { campaignId })).toMatchObject({
    audience: null,
    fit: null,
    unknown: { key: "campaign.audience-hidden" },
    sample: [],
  });
});

it("queues a screening of a segment that was never screened for such calls", async () => {
  const { marketer, segmentId } = await aDraft();
  const { id: offerId } = await saveOffer(marketer, anOffer());
  const { id } = await saveCampaign(marketer, aPlan({ segmentId, offerId }, { key: "loans" }));
  expect(await readPreflight(marketer, { campaignId: id })).toMatchObject({
    waterfall: null,
    sample: [],
    labelRule: null,
  });
  expect(await screeningsAsked(marketer, segmentId)).toContainEqual(
    expect.objectContaining({ purpose: "marketing.loans" }),
  );
});

it("reads nothing of another organization's, and refuses agents", async () => {
  const { ctx, campaignId } = await aDraft();
  await expect(readPreflight(await aContext(), { campaignId })).rejects.toMatchObject({
    code: "not-found",
  });
  await expect(readPreflight(as(ctx, "agent"), { campaignId })).rejects.toMatchObject({
    code: "forbidden",
  });
});
