import { sql } from "kysely";
import { z } from "zod";
import type { ContactId, PhoneId } from "@ringfence/core/ids";
import {
  ServiceError,
  type TransactionContext,
  holdLock,
  selectRow,
} from "../../platform/internal.ts";

/**
 * Throws `conflict` if a legal hold keeps one of these contacts or phones, or everything: what a court may ask for must
 * not be erased by one officer. Takes the lock "legal-holds", so a hold that is being placed waits until the
 * transaction ends. Call it before phones are locked.
 */
export async function assertNotHeld(
  ctx: TransactionContext,
  { contactIds, phoneIds }: { contactIds: readonly ContactId[]; phoneIds: readonly PhoneId[] },
) {
  const { db, organizationId } = ctx;
  await holdLock(ctx, "legal-holds");
  const { isHeld } = await selectRow(
    { db },
    z.object({ isHeld: z.boolean() }),
    sql`
    SELECT EXISTS (
        SELECT FROM legal_hold_in_force
        WHERE organization_id = ${organizationId}::uuid AND scope = 'everything')
      OR EXISTS (
        SELECT FROM legal_hold_contact
        WHERE organization_id = ${organizationId}::uuid AND contact_id = ANY (${[...contactIds]}::uuid[]))
      OR EXISTS (
        SELECT FROM legal_hold_phone
        WHERE organization_id = ${organizationId}::uuid AND phone_id = ANY (${[...phoneIds]}::uuid[]))
      AS "isHeld"`,
  );
  if (isHeld) throw new ServiceError("conflict", { key: "legal-hold.person-held" });
}
