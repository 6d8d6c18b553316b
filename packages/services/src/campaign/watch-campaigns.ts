import { OrganizationId } from "@ringfence/core/ids";
import type { Db } from "@ringfence/db";
import { allow } from "../access/allow.ts";
import { inTransaction, type Installation, type RootContext } from "../context.ts";
import { holdOverLimit } from "./hold-over-limit.ts";

const TIMEOUT_MS = 60_000;

/** Pauses campaigns of an organization that too many refused otherwise than in a log of calls. */
export async function watchCampaigns(ctx: RootContext): Promise<number> {
  allow(ctx, "campaign.watch");

  return inTransaction(ctx, (ctx) => holdOverLimit(ctx), { timeoutMs: TIMEOUT_MS });
}

/** The same of all organizations in which any campaign runs, which only the sweep may do. */
export async function watchAllCampaigns(installation: Installation): Promise<void> {
  for (const organizationId of await organizationsThatCall(installation.db)) {
    const actor = { type: "job", name: "campaign.sweep" } as const;
    await watchCampaigns({ ...installation, organizationId, actor });
  }
}

async function organizationsThatCall({ prisma }: Db): Promise<OrganizationId[]> {
  const rows = await prisma.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT organization_id AS id FROM campaign WHERE state = 'running'`;
  return rows.map(({ id }) => OrganizationId.parse(id));
}
