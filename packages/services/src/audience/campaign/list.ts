import { query } from "../../platform/verb.ts";
import { sellersSeenBy } from "../../platform/access/sellers-seen-by.ts";
import { planOf, requireCampaign, withOffers } from "./campaign.ts";
import { may } from "@ringfence/core/platform/access";
import { AskCampaign, actsFrom, nextState } from "@ringfence/core/audience/campaign";
import { z } from "zod";
import { actorOnRecord } from "../../platform/access/actor-on-record.ts";
import { readArchived } from "../../platform/archive/archived-item.ts";
import {
  findReviewFault,
  loadReviewFacts,
} from "../../account/member/assert-independent-reviewer.ts";
import { namesOf } from "../../platform/access/member-names.ts";
import { speakerOf } from "./script.ts";
import { standingOf } from "./steps.ts";

/** The campaigns that are not archived, the newest first, of sellers that the actor works for. */
export const listCampaigns = query({
  name: "listCampaigns",
  action: "campaign.read",
  run: async (ctx) => {
    const { db, organizationId } = ctx;
    const sellers = sellersSeenBy(ctx.actor);
    const rows = await db.campaign.findMany({
      where: {
        organizationId,
        archivedAt: null,
        ...(sellers && { sellerId: { in: [...sellers] } }),
      },
      orderBy: { id: "desc" },
      include: {
        offers: { ...withOffers.offers, include: { offer: { select: { name: true } } } },
        segment: { select: { name: true } },
        seller: { select: { name: true } },
      },
    });
    return rows.map(({ segment, seller, ...row }) => {
      const { id, key, name, state, isHeld, priority, startedAt } = planOf(row);
      const offers = row.offers.map(({ offer }) => offer.name);
      const names = { segment: segment.name, seller: seller.name };
      return { id, key, name, state, isHeld, priority, startedAt, offers, ...names };
    });
  },
  audit: "by run",
});

export type CampaignListed = Awaited<ReturnType<typeof listCampaigns>>[number];

/** Of a step by which it paused itself. */
const Held = z.object({ refused: z.number(), reached: z.number(), limit: z.number() });

/** A campaign with what it names, all that was done with it, and what can be done now; an archived one too. */
export const readCampaign = query({
  name: "readCampaign",
  action: "campaign.read",
  input: AskCampaign,
  run: async (ctx, { campaignId }) => {
    const { db, organizationId, actor } = ctx;
    const campaign = await requireCampaign(ctx, { id: campaignId });
    const { offers, purpose, seller } = await speakerOf(ctx, campaign);
    const segment = await db.segment.findFirstOrThrow({
      where: { organizationId, id: campaign.segmentId },
    });
    const { steps, standing } = await standingOf(ctx, campaignId);
    const names = await namesOf(
      ctx,
      steps.map(({ actorId }) => actorId),
    );
    const authors = standing.authors.map((id) => ({ id }));
    const dependence = findReviewFault(ctx, await loadReviewFacts(ctx), authors);
    const who = { id: actorOnRecord(actor).id, isReviewer: may(actor, "campaign.review") };
    const findArchived = await readArchived(ctx, [campaign]);
    return {
      ...campaign,
      archived: findArchived(campaign),
      purpose,
      offers: offers.map(({ id, name, scripts }) => ({ id, name, scripts })),
      segment: { name: segment.name, isArchived: segment.archivedAt !== null },
      seller: { key: seller.key, name: seller.name },
      steps: steps.map(({ actorId, details, ...step }) => ({
        ...step,
        /** Null where it did so itself, or nobody of that name is left. */
        by: names.get(actorId) ?? null,
        held: Held.safeParse(details).data ?? null,
      })),
      /** What can be done in this state; `fault` says why this member cannot. */
      acts: (campaign.archivedAt === null ? actsFrom(campaign.state) : []).map((act) => {
        const { fault = null } = nextState(standing, act, who);
        return { act, fault: fault ?? (act === "approve" ? dependence : null) };
      }),
    };
  },
  audit: "by run",
});

export type CampaignView = Awaited<ReturnType<typeof readCampaign>>;
