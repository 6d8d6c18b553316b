import type { MoveCampaign, SaveCampaign } from "@ringfence/core/audience/campaign";
import type { CampaignId } from "@ringfence/core/ids";
import { PurposeKey } from "@ringfence/core/account/purpose";
import { moveCampaign } from "../src/audience/campaign/move.ts";
import { saveCampaign } from "../src/audience/campaign/save.ts";
import type { RootContext } from "../src/platform/context.ts";
import { saveOffer } from "../src/audience/offer/save.ts";
import { recordCalls } from "../src/calling/call/record.ts";
import { aPlan } from "./campaign-plan.ts";
import { confirmDuties, confirmFederalDuties } from "./duties.ts";
import { anOffer } from "./offers.ts";
import { asIntruder } from "./ledger.ts";
import { as, db } from "./scenes.ts";
import { aScreenedSegment, sixPeople } from "./waterfall-scene.ts";

/** Creates a marketer's draft for six people, of whom Ada and Bo may be called (`waterfall-scene`). */
export async function aDraft(more: Partial<SaveCampaign> = {}) {
  const { ctx, ...people } = await sixPeople();
  const marketer = as(ctx, "marketer");
  const { id: segmentId } = await aScreenedSegment(ctx);
  const offer = anOffer({ purpose: PurposeKey.parse("marketing") });
  const { id: offerId } = await saveOffer(marketer, offer);
  const plan = aPlan({ segmentId, offerId }, more);
  const { id: campaignId, version } = await saveCampaign(marketer, plan);
  const move = async (act: MoveCampaign["act"], by: RootContext = ctx) =>
    act === "approve"
      ? approve(by, campaignId)
      : moveCampaign(by, { campaignId, act, reason: "So that it is well." });
  return { ctx, marketer, ...people, segmentId, offerId, offer, plan, campaignId, version, move };
}

/** Approves the campaign, as an officer who has just looked at it, and confirms its federal duties. */
export async function approve(ctx: RootContext, campaignId: CampaignId) {
  const { db, organizationId } = ctx;
  const { id: seen } = await db.prisma.campaignStep.findFirstOrThrow({
    where: { organizationId, campaignId },
    orderBy: { id: "desc" },
  });
  const moved = await moveCampaign(ctx, { campaignId, act: "approve", seen });
  await confirmFederalDuties(ctx, campaignId);
  return moved;
}

/** Has a draft reviewed by somebody who has not written it, with all its duties confirmed, and starts it. */
export async function startCampaign(ctx: RootContext, campaignId: CampaignId) {
  const marketer = as(ctx, "marketer");
  const reviewer: RootContext = {
    ...ctx,
    actor: { type: "member", id: "cy", role: "officer", sellerIds: [], isProven: true },
  };
  await moveCampaign(marketer, { campaignId, act: "submit" });
  await approve(reviewer, campaignId);
  await confirmDuties(reviewer, campaignId);
  await moveCampaign(marketer, { campaignId, act: "start" });
}

/** Creates a campaign, and has it approved and started. */
export async function aRunningCampaign(more: Partial<SaveCampaign> = {}) {
  const draft = await aDraft(more);
  await draft.move("submit", draft.marketer);
  await draft.move("approve");
  await draft.move("start", draft.marketer);
  return draft;
}

/** A context with a key that has a dialer's scopes. */
export const asDialer = (ctx: RootContext, id = "dialer"): RootContext => ({
  ...ctx,
  actor: { type: "key", id, secretNumber: 1, scopes: ["campaigns:read", "screen", "calls:write"] },
});

/** Lets permits expire, so that their people can be handed over again. */
export async function permitsEnd({ organizationId }: RootContext) {
  await db.prisma.handedPhone.updateMany({
    where: { organizationId },
    data: { until: new Date(0) },
  });
  // Screenings are never changed, except here, because the test cannot wait for their permits to expire.
  await asIntruder(
    db,
    `UPDATE screening SET permit_until = at - interval '1 minute'
     WHERE organization_id = '${organizationId}' AND permit_until IS NOT NULL`,
  );
}

let serial = 0;

/** Creates a call log of a campaign: for each code, that many calls to people who are not on record. */
export const createCallLog = (codes: Readonly<Record<string, number>>, campaign = "spring") =>
  Object.entries(codes).flatMap(([outcome, count]) =>
    Array.from({ length: count }, () => ({
      phone: `+1202556${String(1_000 + (serial++ % 9_000))}`,
      purpose: "marketing",
      at: new Date().toISOString(),
      outcome,
      campaign,
    })),
  );

export const recordLog = (ctx: RootContext, codes: Readonly<Record<string, number>>) =>
  recordCalls(asDialer(ctx), { rows: createCallLog(codes) });
