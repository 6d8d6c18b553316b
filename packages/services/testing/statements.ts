import { type RootContext, inTransaction } from "../src/platform/context.ts";
import { openStatements } from "../src/proof/statement/open-statements.ts";
import { db } from "./scenes.ts";

/**
 * Returns the statements about an organization's phones, by phone and in the order in which they were
 * recorded.
 */
export async function openPhoneStatements(ctx: RootContext) {
  const { organizationId } = ctx;
  const phones = await db.prisma.phone.findMany({
    where: { organizationId },
    select: { id: true },
  });
  const subjects = phones.map(({ id }) => id);
  return inTransaction(ctx, (ctx) => openStatements(ctx, { subjects }));
}
