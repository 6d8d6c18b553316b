import { may } from "@ringfence/core/access";
import {
  actsFrom,
  type AskCampaign,
  CampaignAct,
  CampaignState,
  nextState,
} from "@ringfence/core/campaign";
import { z } from "zod";
import { actorOnRecord } from "../access/actor-on-record.ts";
import { allow } from "../access/allow.ts";
import { inTransaction, type ServiceContext } from "../context.ts";
import { namesOf } from "../member/names-of.ts";
import { requireCampaign } from "./require-campaign.ts";
import { speakerOf } from "./speaker-of.ts";

const Who = z.object({ id: z.string() });
/** Of a step by which it paused itself. */
const Held = z.object({ refused: z.number(), reached: z.number(), limit: z.number() });

/** A campaign with what it names, all that was done with it, and what can be done now. */
export async function readCampaign(ctx: ServiceContext, { campaignId }: AskCampaign) {
  allow(ctx, "campaign.read");

  return inTransaction(ctx, async (ctx) => {
    const { db, organizationId, actor } = ctx;
    const campaign = await requireCampaign(ctx, { id: campaignId });
    const { offer, seller } = await speakerOf(ctx, campaign);
    const segment = await db.segment.findFirstOrThrow({
      where: { organizationId, id: campaign.segmentId },
    });
    const rows = await db.campaignStep.findMany({
      where: { organizationId, campaignId },
      orderBy: { id: "asc" },
      include: { notes: true },
    });
    const actors = rows.map((row) => Who.parse(row.actor).id);
    const names = await namesOf(ctx, actors);
    const steps = rows.map(({ id, act, state, at, details, notes }, index) => ({
      id,
      act: CampaignAct.parse(act),
      state: CampaignState.parse(state),
      at,
      /** Null where it did so itself, or nobody of that name is left. */
      by: names.get(actors[index] ?? "") ?? null,
      reason: notes[0]?.text ?? null,
      held: Held.safeParse(details).data ?? null,
    }));
    const authors = steps.flatMap(({ act }, index) =>
      act === "save" || act === "submit" ? (actors[index] ?? []) : [],
    );
    const who = { id: actorOnRecord(actor).id, isReviewer: may(actor, "campaign.review") };
    return {
      ...campaign,
      offer: { name: offer.name, purpose: offer.purpose, scripts: offer.scripts },
      segment: { name: segment.name },
      seller: { key: seller.key, name: seller.name },
      steps,
      /** What can be done in this state; `fault` says why this member cannot. */
      acts: actsFrom(campaign.state).map((act) => {
        const { fault = null } = nextState({ ...campaign, authors }, act, who);
        return { act, fault };
      }),
    };
  });
}

export type CampaignView = Awaited<ReturnType<typeof readCampaign>>;
