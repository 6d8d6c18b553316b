import { z } from "zod";
import type { TransactionContext } from "../../platform/context.ts";

const Entry = z.object({
  exportId: z.uuid().optional(),
  handOverId: z.uuid().optional(),
  endpointId: z.uuid().optional(),
});

const idOf = (details: unknown) => {
  const { data } = Entry.safeParse(details);
  return data?.exportId ?? data?.handOverId ?? data?.endpointId;
};

/** Finds what the files and endpoints that entries name were made for, by the details of an entry. */
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
      await db.endpoint.findMany(named),
    ]
      .flat()
      .map(({ id, reason }) => [id, reason]),
  );
  return (details) => reasons.get(idOf(details) ?? "") ?? null;
}
