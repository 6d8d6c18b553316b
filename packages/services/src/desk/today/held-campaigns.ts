import { CampaignId, type SellerId } from "@ringfence/core/ids";
import type { TransactionContext } from "../../platform/context.ts";
import type { Need } from "./need.ts";

type Row = { id: string; name: string; refused: number; reached: number; at: Date };

/** Campaigns that paused themselves, the last first, until somebody lets them go on or ends them. */
export async function heldCampaigns(
  { db, organizationId }: TransactionContext,
  sellers: readonly SellerId[] | null,
): Promise<Need[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT DISTINCT ON (campaign.id) campaign.id, name, at,
      (details ->> 'refused')::int AS refused, (details ->> 'reached')::int AS reached
    FROM campaign JOIN campaign_step AS step
      ON step.organization_id = campaign.organization_id AND campaign_id = campaign.id
    WHERE campaign.organization_id = ${organizationId}::uuid AND campaign.state = 'paused' AND is_held
      AND act = 'hold' AND (${sellers === null} OR seller_id = ANY (${[...(sellers ?? [])]}::uuid[]))
    ORDER BY campaign.id DESC, step.id DESC`;
  return rows.map(({ id, at, ...row }) => ({
    kind: "campaign-held",
    when: "now",
    campaignId: CampaignId.parse(id),
    ...row,
    since: at,
  }));
}
