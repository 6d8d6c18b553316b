import {
  CampaignAct,
  type CampaignStanding,
  standingOf as fold,
} from "@ringfence/core/audience/campaign";
import type { CampaignId } from "@ringfence/core/ids";
import { z } from "zod";
import type { TransactionContext } from "../../platform/context.ts";

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
