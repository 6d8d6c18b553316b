import { query } from "../../platform/verb.ts";
import { RefusalBurstId } from "@ringfence/core/ids";
import { ListBursts } from "@ringfence/core/do-not-call/burst";
import { type BurstView, viewBursts } from "./burst-view.ts";

const PAGE = 20;

/** Lists bursts of opt-outs, newest first. They show no phone numbers, so reading them is not audited. */
export const listBursts = query({
  name: "listBursts",
  action: "opt-out.read",
  input: ListBursts,
  run: async (ctx, { after }): Promise<{ items: BurstView[]; next: RefusalBurstId | null }> => {
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
  },
  audit: "by run",
});
