import { may } from "@ringfence/core/platform/access";
import {
  CampaignAct,
  type CampaignStanding,
  type CampaignState,
  standingOf as fold,
  nextState,
} from "@ringfence/core/audience/campaign";
import type { CampaignId } from "@ringfence/core/ids";
import { mendText } from "@ringfence/core/platform/text";
import { actorOnRecord } from "../../platform/access/actor-on-record.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { announceChanges } from "../../do-not-call/endpoint/announce-changes.ts";
import { ServiceError } from "../../platform/errors.ts";
import { freshIds } from "../../platform/fresh-ids.ts";
import { assertIndependentReviewer } from "../../account/member/assert-independent-reviewer.ts";
import { lockCampaign, requireCampaign, requireUnarchived } from "./campaign.ts";
import { z } from "zod";

/** What dialers hear of: whether calls of a campaign may be placed. */
const announced: ReadonlySet<CampaignAct> = new Set(["start", "pause", "hold", "resume", "finish"]);

type More = { reason?: string | undefined; details?: Record<string, number> };

/** Puts on record what is done with a campaign, one after the other, and tells dialers. */
export const takeStep = async (
  ctx: TransactionContext,
  campaignId: CampaignId,
  act: CampaignAct,
  { reason, details = {} }: More = {},
): Promise<CampaignState> => {
  const { db, organizationId, actor, now } = ctx;
  await lockCampaign(ctx, campaignId);
  requireUnarchived(await requireCampaign(ctx, { id: campaignId }));
  const who = actorOnRecord(actor);
  const isReviewer = may(actor, "campaign.review");
  const { standing } = await standingOf(ctx, campaignId);
  const next = nextState(standing, act, { id: who.id, isReviewer });
  if (next.fault) throw new ServiceError("conflict", next.fault);
  if (act === "approve") {
    await assertIndependentReviewer(
      ctx,
      standing.authors.map((id) => ({ id })),
    );
  }
  const { state, isHeld } = next;

  const [id] = await freshIds<string>(ctx, 1);
  if (id === undefined) throw new Error("no id for a step");
  const note = reason === undefined ? {} : { notes: { create: { text: mendText(reason) } } };
  const step = { organizationId, id, campaignId, act, state, details, at: now, actor: who };
  await db.campaignStep.create({ data: { ...step, ...note } });
  await db.campaign.updateMany({
    where: { organizationId, id: campaignId },
    data: { state, isHeld },
  });
  if (announced.has(act)) await announceChanges(ctx, "campaign.changed", [id]);
  return state;
};

const Who = z.object({ id: z.string() });

/** All that was done with a campaign, the first first, and how it stands by that. */
export async function standingOf(
  { db, organizationId }: TransactionContext,
  campaignId: CampaignId,
) {
  const rows = await db.campaignStep.findMany({
    where: { organizationId, campaignId },
    orderBy: { id: "asc" },
    include: { notes: true },
  });
  const steps = rows.map(({ id, act, at, details, notes, actor }) => ({
    id,
    act: CampaignAct.parse(act),
    at,
    details,
    reason: notes[0]?.text ?? null,
    actorId: Who.parse(actor).id,
  }));
  const standing: CampaignStanding = fold(steps.map(({ act, actorId }) => ({ act, id: actorId })));
  return { steps, standing };
}
