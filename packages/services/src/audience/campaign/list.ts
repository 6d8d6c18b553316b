import {
  type TransactionContext,
  loadMemberNames,
  query,
  readArchived,
  toStoredActor,
  visibleSellerIds,
} from "../../platform/internal.ts";
import { loadCampaign, toCampaign, campaignRelations } from "./campaign.ts";
import { may } from "@ringfence/core/platform/access";
import {
  type CampaignAct,
  CampaignReference,
  decideNextState,
  listActs,
} from "@ringfence/core/audience/campaign";
import { CampaignId } from "@ringfence/core/ids";
import { z } from "zod";
import { findReviewFault, loadReviewFacts } from "../../account/member/internal.ts";
import { findDutyFault, loadDuties, summarizeDuties, timeoutForPlaces } from "./duties.ts";
import { loadSpeaker } from "./script.ts";
import { loadSteps } from "./steps.ts";

/** Lists the campaigns of the actor's sellers that are not archived, newest first. */
export const listCampaigns = query({
  name: "listCampaigns",
  action: "campaign.read",
  transaction: timeoutForPlaces,
  run: async (ctx) => {
    const { db, organizationId } = ctx;
    const sellers = visibleSellerIds(ctx.actor);
    const rows = await db.campaign.findMany({
      where: {
        organizationId,
        archivedAt: null,
        ...(sellers && { sellerId: { in: [...sellers] } }),
      },
      orderBy: { id: "desc" },
      include: {
        offers: { ...campaignRelations.offers, include: { offer: { select: { name: true } } } },
        segment: { select: { name: true } },
        seller: { select: { name: true } },
      },
    });
    const duties = await loadDuties(ctx, rows.map(toCampaign), { mayBeOld: true });
    return rows.map(({ segment, seller, ...row }) => {
      const { id, key, name, state, isHeld, priority, startedAt } = toCampaign(row);
      const offers = row.offers.map(({ offer }) => offer.name);
      const names = { segment: segment.name, seller: seller.name };
      const about = { offers, ...names, duties: summarizeDuties(duties.get(id)) };
      return { id, key, name, state, isHeld, priority, startedAt, ...about };
    });
  },
  audit: "none",
});

export type CampaignListItem = Awaited<ReturnType<typeof listCampaigns>>[number];

/** Details of a step by which a campaign paused itself. */
const HeldDetails = z.object({ refused: z.number(), reached: z.number(), limit: z.number() });

/** Reads a campaign with its history and the possible acts. Also reads archived ones. */
export const readCampaign = query({
  name: "readCampaign",
  action: "campaign.read",
  input: CampaignReference,
  transaction: timeoutForPlaces,
  run: async (ctx, { campaignId }) => {
    const { db, organizationId, actor } = ctx;
    const campaign = await loadCampaign(ctx, { id: campaignId });
    const { offers, purpose, seller } = await loadSpeaker(ctx, campaign);
    const segment = await db.segment.findFirstOrThrow({
      where: { organizationId, id: campaign.segmentId },
    });
    const { steps, status } = await loadSteps(ctx, campaignId);
    const names = await loadMemberNames(
      ctx,
      steps.map(({ actorId }) => actorId),
    );
    const authors = status.authors.map((id) => ({ id }));
    const reviewFault = findReviewFault(ctx, await loadReviewFacts(ctx), authors);
    const campaignActor = {
      id: toStoredActor(actor).id,
      mayResumeHeld: may(actor, "campaign.review"),
    };
    const findArchived = await readArchived(ctx, [campaign]);
    const acts = campaign.archivedAt === null ? listActs(campaign.state) : [];
    const dutyFault = acts.some(needsDuties) ? await findDutyFault(ctx, campaign) : null;
    return {
      ...campaign,
      archived: findArchived(campaign),
      purpose,
      offers: offers.map(({ id, name, scripts }) => ({ id, name, scripts })),
      segment: { name: segment.name, isArchived: segment.archivedAt !== null },
      seller: { key: seller.key, name: seller.name },
      steps: steps.map(({ actorId, details, ...step }) => ({
        ...step,
        /** Null if the campaign did it itself, or the member is gone. */
        by: names.get(actorId) ?? null,
        held: HeldDetails.safeParse(details).data ?? null,
      })),
      /** Acts that this state allows. `fault` says why this member cannot do one, apart from the act's permission. */
      acts: acts.map((act) => {
        const { fault = needsDuties(act) ? dutyFault : null } = decideNextState(
          status,
          act,
          campaignActor,
        );
        return { act, fault: fault ?? (act === "approve" ? reviewFault : null) };
      }),
    };
  },
  audit: "none",
});

/** Lists the campaigns in review that the actor may approve, each with the time of its last step. */
export async function listReviewableCampaigns(
  ctx: TransactionContext,
): Promise<{ id: CampaignId; at: Date }[]> {
  const { db, organizationId, actor } = ctx;
  if (!may(actor, "campaign.review")) return [];
  const sellers = visibleSellerIds(actor);
  const inReview = await db.campaign.findMany({
    where: {
      organizationId,
      state: "in-review",
      archivedAt: null,
      ...(sellers && { sellerId: { in: [...sellers] } }),
    },
    select: { id: true },
  });
  if (inReview.length === 0) return [];
  const facts = await loadReviewFacts(ctx);
  const reviewer = { id: toStoredActor(actor).id, mayResumeHeld: true };
  const reviewable: { id: CampaignId; at: Date }[] = [];
  for (const campaign of inReview) {
    const id = CampaignId.parse(campaign.id);
    const { steps, status } = await loadSteps(ctx, id);
    const authors = status.authors.map((author) => ({ id: author }));
    const { fault = findReviewFault(ctx, facts, authors) } = decideNextState(
      status,
      "approve",
      reviewer,
    );
    const last = steps.at(-1);
    if (!fault && last) reviewable.push({ id, at: last.at });
  }
  return reviewable;
}

const needsDuties = (act: CampaignAct) => act === "start" || act === "resume";

export type CampaignView = Awaited<ReturnType<typeof readCampaign>>;
