import { expect, it } from "vitest";
import { aPlan } from "../../../testing/campaign-plan.ts";
import { aRunningCampaign, approve, asDialer, permitsEnd } from "../../../testing/campaigns.ts";
import { as, db } from "../../../testing/scenes.ts";
import { asRefresher, buyers } from "../../../testing/segment-scene.ts";
import { recordCalls } from "../../calling/call/record.ts";
import type { RootContext } from "../../platform/context.ts";
import { saveOffer } from "../offer/save.ts";
import { refreshSegment } from "../segment/refresh.ts";
import { saveSegment } from "../segment/save.ts";
import { handOverCalls } from "./hand-over.ts";
import { moveCampaign } from "./move.ts";
import { saveCampaign } from "./save.ts";
import { recordOptOut } from "../../do-not-call/opt-out/index.ts";

/** Whom it hands over; before the next time their permits have ended. */
async function phones(ctx: RootContext, key = "spring") {
  const { items } = await handOverCalls(asDialer(ctx), { key, limit: 100 });
  await permitsEnd(ctx);
  return items.map(({ phone }) => phone);
}

it("gives a person to the campaign with the higher priority while both run", async () => {
  const { ctx, marketer, segmentId, offerId } = await aRunningCampaign();
  const other = aPlan({ segmentId, offerId }, { key: "urgent", priority: 90 });
  const { id } = await saveCampaign(marketer, other);
  await moveCampaign(marketer, { campaignId: id, act: "submit" });
  await approve(ctx, id);
  expect(await phones(ctx)).toHaveLength(2);

  await moveCampaign(marketer, { campaignId: id, act: "start" });
  expect(await phones(ctx)).toEqual([]);
  expect(await phones(ctx, "urgent")).toHaveLength(2);

  await moveCampaign(marketer, { campaignId: id, act: "pause" });
  expect(await phones(ctx)).toHaveLength(2);
});

it("does not call people again who have answered", async () => {
  const { ctx, ada } = await aRunningCampaign({ cap: { calls: 10, days: 1 } });
  const call = { phone: ada.phone, purpose: "marketing", campaign: "spring" };
  const said = (outcome: string) =>
    recordCalls(asDialer(ctx), { rows: [{ ...call, at: new Date().toISOString(), outcome }] });
  await said("no_answer");
  expect(await phones(ctx)).toContain(ada.phone);
  await said("accepted");
  expect(await phones(ctx)).not.toContain(ada.phone);
});

it("hands over nobody if a rule was changed since the review", async () => {
  const { ctx, segmentId } = await aRunningCampaign();
  const segment = { id: segmentId, version: 1 };
  await saveSegment(ctx, { segment, name: "All", rule: { is: "none", of: [] } });
  await refreshSegment(asRefresher(ctx), segmentId);
  await expect(phones(ctx)).rejects.toMatchObject({
    code: "conflict",
    explanation: { key: "campaign.segment-changed" },
  });
});

it("makes an offer only to people who are eligible for it", async () => {
  const { ctx, marketer, ada, offerId, offer, move, campaignId } = await aRunningCampaign();
  const { id: eligibility } = await saveSegment(ctx, {
    name: "Ada",
    rule: { is: "attribute", field: "@name", test: { test: "present", isPresent: false } },
  });
  await refreshSegment(asRefresher(ctx), eligibility);
  await saveOffer(ctx, { ...offer, offer: { id: offerId, version: 1 }, eligibility });
  // The offer is made as it was reviewed, with its earlier eligibility.
  expect(await phones(ctx)).toContain(ada.phone);

  await move("pause");
  await move("reopen", marketer);
  await moveCampaign(marketer, { campaignId, act: "submit" });
  await move("approve");
  await move("start");
  expect(await phones(ctx)).toEqual([]);
});

it("places one call for two people who share a phone", async () => {
  const { ctx, ada, cy } = await aRunningCampaign();
  const { organizationId } = ctx;
  const { ordinal: contactOrdinal } = await db.prisma.contact.findFirstOrThrow({
    where: { organizationId, id: cy.contactId },
  });
  await db.prisma.contactPhone.create({
    data: { organizationId, contactId: cy.contactId, phoneId: ada.phoneId, contactOrdinal },
  });
  const given = await phones(ctx);
  expect(given.filter((phone) => phone === ada.phone)).toHaveLength(1);
});

it("makes no offer based on behavior to people who opted out of profiling since", async () => {
  const { ctx, marketer, ada, offerId, offer, campaignId, move } = await aRunningCampaign();
  const { id: eligibility } = await saveSegment(ctx, {
    name: "Not called",
    rule: { is: "none", of: [buyers] },
  });
  await refreshSegment(asRefresher(ctx), eligibility);
  await saveOffer(ctx, { ...offer, offer: { id: offerId, version: 1 }, eligibility });
  await move("pause");
  await move("reopen", marketer);
  await moveCampaign(marketer, { campaignId, act: "submit" });
  await move("approve");
  await move("start");
  expect(await phones(ctx)).toContain(ada.phone);
  await recordOptOut(as(ctx, "agent"), {
    phone: ada.phone,
    channel: "agent",
    scope: { profiling: true },
  });
  expect(await phones(ctx)).not.toContain(ada.phone);
});
