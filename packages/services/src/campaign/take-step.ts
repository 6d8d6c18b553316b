import { may } from "@ringfence/core/access";
import { type CampaignAct, type CampaignState, nextState } from "@ringfence/core/campaign";
import type { CampaignId } from "@ringfence/core/ids";
import { mendText } from "@ringfence/core/text";
import { actorOnRecord } from "../access/actor-on-record.ts";
import type { TransactionContext } from "../context.ts";
import { announceChanges } from "../endpoint/announce-changes.ts";
import { ServiceError } from "../errors.ts";
import { freshIds } from "../fresh-ids.ts";
import { lockCampaign } from "./lock-campaign.ts";
import { requireCampaign } from "./require-campaign.ts";

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
  const { state: before, isHeld } = await requireCampaign(ctx, { id: campaignId });
  const who = actorOnRecord(actor);
  const isReviewer = may(actor, "campaign.review");
  const standing = { state: before, isHeld, authors: await authorsOf(ctx, campaignId) };
  const next = nextState(standing, act, { id: who.id, isReviewer });
  if (next.fault) throw new ServiceError("conflict", next.fault);
  const { state } = next;

  const [id] = await freshIds<string>(ctx, 1);
  if (id === undefined) throw new Error("no id for a step");
  const note = reason === undefined ? {} : { notes: { create: { text: mendText(reason) } } };
  const step = { organizationId, id, campaignId, act, state, details, at: now, actor: who };
  await db.campaignStep.create({ data: { ...step, ...note } });
  await db.campaign.updateMany({ where: { organizationId, id: campaignId }, data: { state } });
  if (announced.has(act)) await announceChanges(ctx, "campaign.changed", [id]);
  return state;
};

/** Whoever wrote it may not review it, though another wrote it since. */
async function authorsOf(
  { db, organizationId }: TransactionContext,
  campaignId: CampaignId,
): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT actor ->> 'id' AS id FROM campaign_step
    WHERE organization_id = ${organizationId}::uuid AND campaign_id = ${campaignId}::uuid
      AND act IN ('save', 'submit')`;
  return rows.map(({ id }) => id);
}
