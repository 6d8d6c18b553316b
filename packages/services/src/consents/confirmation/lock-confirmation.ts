import { type ConfirmationId, ConsentId } from "@ringfence/core/ids";
import { writeConsentReceipt } from "../consent/receipt-link.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";

/** A confirmation, so that of two answers at once the second sees the first. */
export async function lockConfirmation(
  { db, organizationId }: TransactionContext,
  id: ConfirmationId,
) {
  await db.$executeRaw`
    SELECT FROM confirmation
    WHERE organization_id = ${organizationId}::uuid AND id = ${id}::uuid FOR UPDATE`;
  const row = await db.confirmation.findFirst({ where: { organizationId, id } });
  if (row === null) throw new ServiceError("not-found", { key: "confirmation.not-found" });
  return row;
}

export type ConfirmationRow = Awaited<ReturnType<typeof lockConfirmation>>;

/** The link to the receipt of what a confirmation is about. */
export const linkReceipt = (
  ctx: TransactionContext,
  { consentIds }: Pick<ConfirmationRow, "consentIds">,
): string => writeConsentReceipt(ctx, ConsentId.parse(consentIds[0]));
