import type { TransactionContext } from "../../platform/context.ts";
import { findForgedCorrections } from "../../proof/record/find-forged-corrections.ts";

/** Of these numbers those that any refusal covers, of whatever scope, that two officers have not corrected. */
export const phonesRefused = async (
  ctx: TransactionContext,
  phones: readonly string[],
): Promise<Set<string>> => {
  if (phones.length === 0) return new Set();
  const { db, organizationId } = ctx;
  const forged = await findForgedCorrections(ctx);
  const rows = await db.$queryRaw<{ e164: string }[]>`
    SELECT phone.e164 FROM phone
    WHERE phone.organization_id = ${organizationId}::uuid AND phone.e164 = ANY (${phones})
      AND EXISTS (
        SELECT FROM opt_out_known AS opt_out
        WHERE opt_out.organization_id = phone.organization_id
          AND (opt_out.phone_id = phone.id OR opt_out.phone_id IN (
            SELECT other.phone_id FROM contact_phone AS own
            JOIN contact_phone AS other ON other.organization_id = own.organization_id
              AND other.contact_id = own.contact_id
            WHERE own.organization_id = phone.organization_id AND own.phone_id = phone.id))
          AND (opt_out.corrected_at IS NULL OR opt_out.id = ANY (${forged}::uuid[])))`;
  return new Set(rows.map(({ e164 }) => e164));
};
