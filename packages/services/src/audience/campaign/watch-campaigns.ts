import { command } from "../../platform/verb.ts";
import { OrganizationId } from "@ringfence/core/ids";
import type { Db } from "@ringfence/db";
import { inTransaction, type Installation } from "../../platform/context.ts";
import { holdOverLimit } from "./hold-over-limit.ts";

const TIMEOUT_MS = 60_000;

/** Pauses campaigns of an organization that too many refused: in logs that came at once, or otherwise. */
export const watchCampaigns = command({
  name: "watchCampaigns",
  action: "campaign.watch",
  transaction: "by run",
  run: async (ctx): Promise<number> => {
    return inTransaction(ctx, (ctx) => holdOverLimit(ctx), { timeoutMs: TIMEOUT_MS });
  },
  audit: "by run",
});

/** The same of all organizations in which any campaign runs, which only the sweep may do. */
export async function watchAllCampaigns(installation: Installation): Promise<void> {
  const faults: unknown[] = [];
  for (const organizationId of await organizationsThatCall(installation.db)) {
    const actor = { type: "job", name: "campaign.sweep" } as const;
    // What fails in one organization keeps nobody from watching the others.
    await watchCampaigns({ ...installation, organizationId, actor }).catch((fault: unknown) =>
      faults.push(fault),
    );
  }
  if (faults.length > 0) throw new AggregateError(faults, "campaigns of some were not watched");
}

async function organizationsThatCall({ prisma }: Db): Promise<OrganizationId[]> {
  const rows = await prisma.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT organization_id AS id FROM campaign WHERE state = 'running'`;
  return rows.map(({ id }) => OrganizationId.parse(id));
}
