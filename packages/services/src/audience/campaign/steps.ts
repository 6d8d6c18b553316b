import { may } from "@ringfence/core/platform/access";
import {
  CampaignAct,
  type CampaignState,
  type CampaignStatus,
  decideNextState,
  replayActs,
} from "@ringfence/core/audience/campaign";
import type { CampaignId } from "@ringfence/core/ids";
import { mendText } from "@ringfence/core/platform/text";
import {
  ServiceError,
  type TransactionContext,
  createId,
  toStoredActor,
} from "../../platform/internal.ts";
import { announceChanges } from "../../do-not-call/outbox/internal.ts";
import { assertIndependentReviewer } from "../../account/member/internal.ts";
import { assertNotArchived, loadCampaign, lockCampaign } from "./campaign.ts";
import { z } from "zod";

/** Acts that dialers hear about, because they change whether calls are allowed. */
const announced: ReadonlySet<CampaignAct> = new Set(["start", "pause", "hold", "resume", "finish"]);

type StepDetails = { reason?: string | undefined; details?: Record<string, number> };

/**
 * Records an act on a campaign, with its new state, and notifies dialers if calls are affected. Throws `conflict` if
 * the campaign's state or its authors do not allow the act (`decideNextState`), and `forbidden` if an approval is not
 * independent. The caller checks the permission of the act (`actionByAct`) and writes the audit row.
 */
export const recordStep = async (
  ctx: TransactionContext,
  campaignId: CampaignId,
  act: CampaignAct,
  { reason, details = {} }: StepDetails = {},
): Promise<CampaignState> => {
  const { db, organizationId, actor, now } = ctx;
  await lockCampaign(ctx, campaignId);
  assertNotArchived(await loadCampaign(ctx, { id: campaignId }));
  const who = toStoredActor(actor);
  const mayResumeHeld = may(actor, "campaign.review");
  const { status } = await loadSteps(ctx, campaignId);
  const next = decideNextState(status, act, { id: who.id, mayResumeHeld });
  if (next.fault) throw new ServiceError("conflict", next.fault);
  if (act === "approve") {
    await assertIndependentReviewer(
      ctx,
      status.authors.map((id) => ({ id })),
    );
  }
  const { state, isHeld } = next;

  const id = await createId(ctx, z.uuid());
  const note = reason === undefined ? {} : { notes: { create: { text: mendText(reason) } } };
  const step = { organizationId, id, campaignId, act, state, details, at: now, actor: who };
  await db.campaignStep.create({ data: { ...step, ...note } });
  await db.campaign.updateMany({
    where: { organizationId, id: campaignId },
    data: { state, isHeld },
  });
  // Dialers get the step, with the campaign and its state.
  if (announced.has(act)) await announceChanges(ctx, "campaign.changed", [id]);
  return state;
};

const StepActor = z.object({ id: z.string() });

/** Loads everything that was done with a campaign, oldest first, and the status that follows from it. */
export async function loadSteps(
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
    actorId: StepActor.parse(actor).id,
  }));
  const status: CampaignStatus = replayActs(
    steps.map(({ act, actorId }) => ({ act, id: actorId })),
  );
  return { steps, status };
}
