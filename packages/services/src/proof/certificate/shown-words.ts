import type { Certificate, Claims } from "@ringfence/core/proof/ledger";
import { z } from "zod";
import type { TransactionContext } from "../../platform/context.ts";

const Named = z.object({ id: z.uuid(), version: z.int() });

/** The text that a statement names by its hash; null where it names none. */
export async function shownWords(
  { db, organizationId }: TransactionContext,
  { disclosure }: Claims,
): Promise<Certificate["words"]> {
  const named = Named.safeParse(disclosure);
  if (!named.success) return null;
  return db.disclosure.findFirst({
    where: { organizationId, ...named.data },
    select: { language: true, text: true },
  });
}
