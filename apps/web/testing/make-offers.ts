import { randomUUID } from "node:crypto";
import { type OfferId, SegmentId } from "@ringfence/core/ids";
import { PurposeKey } from "@ringfence/core/account/purpose";
import type { SaveCampaign } from "@ringfence/core/audience/campaign";
import { recordCalls } from "@ringfence/services/calling/call";
import { handOverCalls, moveCampaign, saveCampaign } from "@ringfence/services/audience/campaign";
import type { Installation, RootContext } from "@ringfence/services/context";
import { saveOffer } from "@ringfence/services/audience/offer";
import { trainRelevance } from "@ringfence/services/audience/relevance";
import { refreshSegment } from "@ringfence/services/audience/segment";
import { aPlan } from "@ringfence/services/testing/campaign-plan";
import { confirmFederalDuties } from "@ringfence/services/testing/duties";
import { makeCaller } from "./make-caller";

/** People below the threshold: the first ones that were imported. */
const BELOW = 24;

/**
 * Extends the shop of `makeCaller`: its campaign of two offers has called all sixty. People below the
 * threshold refused, and most of the others accepted. The model is trained on that.
 */
export async function makeOffers(installation: Installation) {
  const { db } = installation;
  const { organizationId, members } = await makeCaller(installation);
  const as = (actor: RootContext["actor"]): RootContext => ({
    ...installation,
    organizationId,
    actor,
  });
  const author = as({
    type: "member",
    id: randomUUID(),
    role: "marketer",
    sellerIds: [],
    isProven: true,
  });
  const reviewer = as({
    type: "member",
    id: randomUUID(),
    role: "officer",
    sellerIds: [],
    isProven: true,
  });
  const dialer = as({
    type: "key",
    id: randomUUID(),
    scopes: ["campaigns:read", "screen", "calls:write"],
  });
  const loan = await makeOffer(author, "Spring loan", 40);
  const card = await makeOffer(author, "Gold card", 60);
  const { id } = await db.prisma.segment.findFirstOrThrow({ where: { organizationId } });
  const segmentId = SegmentId.parse(id);
  await refreshSegment(as({ type: "job", name: "segment.refresh" }), segmentId);
  const plan = aPlan(
    { segmentId, offerId: loan },
    {
      name: "Spring",
      cap: { calls: 5, days: 3 },
      refusalLimit: 0.9,
      offerIds: [loan, card],
    },
  );
  const campaignId = await runCampaign(author, reviewer, plan);
  const { items } = await handOverCalls(dialer, { key: "spring", limit: 100 });
  const people = await db.prisma.contact.findMany({
    where: { organizationId },
    select: { ordinal: true, externalId: true },
    orderBy: { ordinal: "asc" },
  });
  const below = people.slice(0, BELOW);
  const first = { in: below.map(({ ordinal }) => ordinal) };
  const handed = db.prisma.campaignPerson;
  const where = { organizationId, contactOrdinal: first };
  await handed.updateMany({ where: { organizationId }, data: { isBelow: false } });
  await handed.updateMany({ where, data: { isBelow: true, offerId: loan } });
  const refused = new Set(below.map(({ externalId }) => externalId));
  await recordCalls(dialer, {
    rows: items.map(({ phone, contact }, index) => ({
      phone,
      purpose: "marketing",
      campaign: "spring",
      at: new Date().toISOString(),
      outcome: refused.has(contact) || index % 10 === 0 ? "refused" : "accepted",
    })),
  });
  await trainRelevance(as({ type: "job", name: "relevance.train" }));
  return { organizationId, campaignId, segmentId, loan, card, members, author, officer: reviewer };
}

async function makeOffer(author: RootContext, name: string, priority: number): Promise<OfferId> {
  const purpose = PurposeKey.parse("marketing");
  const scripts = { en: `We have a ${name.toLowerCase()}. You may refuse our calls at any time.` };
  return (await saveOffer(author, { name, purpose, priority, scripts })).id;
}

async function runCampaign(author: RootContext, reviewer: RootContext, plan: SaveCampaign) {
  const { id: campaignId } = await saveCampaign(author, plan);
  await moveCampaign(author, { campaignId, act: "submit" });
  const { db, organizationId } = author;
  const { id: seen } = await db.prisma.campaignStep.findFirstOrThrow({
    where: { organizationId, campaignId },
    orderBy: { id: "desc" },
  });
  await moveCampaign(reviewer, { campaignId, act: "approve", seen });
  await confirmFederalDuties(reviewer, campaignId);
  await moveCampaign(author, { campaignId, act: "start" });
  return campaignId;
}
