import { RefusalBurstId } from "@ringfence/core/ids";
import type { ListBursts } from "@ringfence/core/do-not-call/opt-out";
import { allow } from "../../platform/access/allow.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { type BurstView, viewBursts } from "./burst-view.ts";

const PAGE = 20;

/** Lists bursts of opt-outs, newest first. They show no phone numbers, so reading them is not audited. */
export async function listBursts(
  ctx: ServiceContext,
  { after }: ListBursts,
): Promise<{ items: BurstView[]; next: RefusalBurstId | null }> {
  allow(ctx, "opt-out.read");

  return inTransaction(ctx, async (ctx) => {
    const { db, organizationId } = ctx;
    const rows = await db.refusalBurst.findMany({
      where: { organizationId, ...(after !== undefined && { id: { lt: after } }) },
      orderBy: { id: "desc" },
      select: { id: true },
      take: PAGE + 1,
    });
    const ids = rows.slice(0, PAGE).map(({ id }) => RefusalBurstId.parse(id));
    const next = rows.length > PAGE ? (ids.at(-1) ?? null) : null;
    return { items: await viewBursts(ctx, ids), next };
  });
}
