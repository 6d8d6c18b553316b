import { z } from "zod";
import type { TransactionContext } from "../context.ts";

const Taken = z.union([z.object({ exportId: z.uuid() }), z.object({ handOverId: z.uuid() })]);

const idOf = (details: unknown) => {
  const { data } = Taken.safeParse(details);
  return data && ("exportId" in data ? data.exportId : data.handOverId);
};

/** What the files that entries tell of were taken for, as was said then: by the details of an entry. */
export async function reasonsOf(
  { db, organizationId }: TransactionContext,
  entries: readonly unknown[],
): Promise<(details: unknown) => string | null> {
  const ids = [...new Set(entries.flatMap((details) => idOf(details) ?? []))];
  const named = { where: { organizationId, id: { in: ids } }, select: { id: true, reason: true } };
  const reasons = new Map(
    [
      await db.segmentExport.findMany(named),
      await db.campaignHandOver.findMany(named),
      await db.listExport.findMany(named),
    ]
      .flat()
      .map(({ id, reason }) => [id, reason]),
  );
  return (details) => reasons.get(idOf(details) ?? "") ?? null;
}
