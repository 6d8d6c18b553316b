import { z } from "zod";
import { sql } from "kysely";
import { mendText } from "@ringfence/core/platform/text";
import {
  type TransactionContext,
  confirmReplication,
  selectRows,
  writeLink,
} from "../../platform/internal.ts";
import { PhoneId } from "@ringfence/core/ids";
import { detectLocale } from "@ringfence/core/platform/message";
import type { ReceiptRequest, RecordedForPhone } from "../opt-out/internal.ts";

/**
 * Marks a provider's message as received, in the transaction that records it. Returns true if it is new. The unique
 * key of the row decides between concurrent ones; a message without an id is always new.
 */
export async function markReceived(
  ctx: TransactionContext,
  { provider, externalId }: { provider: string; externalId: string | null },
): Promise<boolean> {
  if (externalId === null) return true;
  const { db, organizationId, now } = ctx;
  const { count } = await db.inboundMessage.createMany({
    data: { organizationId, provider, externalId: mendText(externalId), receivedAt: now },
    skipDuplicates: true,
  });
  if (count === 0) await confirmReplication(ctx);
  return count === 1;
}

/** Marks a provider's reports as received, as `markReceived` does. Returns the ids that are new. */
export async function markAllReceived(
  ctx: TransactionContext,
  { provider, externalIds }: { provider: string; externalIds: readonly string[] },
): Promise<Set<string>> {
  if (externalIds.length === 0) return new Set();
  const { db, organizationId, now } = ctx;
  const distinct = [...new Set(externalIds)];
  const rows = await db.inboundMessage.createManyAndReturn({
    data: distinct.map((id) => ({
      organizationId,
      provider,
      externalId: mendText(id),
      receivedAt: now,
    })),
    skipDuplicates: true,
    select: { externalId: true },
  });
  if (rows.length < distinct.length) await confirmReplication(ctx);
  return new Set(rows.map(({ externalId }) => externalId));
}

/** Finds the phones of people with this mailbox, and of those who gave it to a form. */
export async function findPhonesOfMailbox(
  { db, organizationId }: TransactionContext,
  email: string,
): Promise<PhoneId[]> {
  const rows = await selectRows(
    { db },
    z.object({ id: PhoneId }),
    sql`
    SELECT phone_id AS id FROM scope.contacts_with_email(ARRAY[lower(${email})]) AS contact
    JOIN contact_phone USING (contact_id)
    WHERE contact_phone.organization_id = ${organizationId}::uuid
    UNION
    SELECT phone_id FROM scope.confirmations_with_email(${email})
    ORDER BY id`,
  );
  return rows.map(({ id }) => id);
}

type OptOutReference = Pick<RecordedForPhone, "id" | "reference">;

/** Builds the request for a receipt of opt-outs that came by mail, in the language in which the mail was written. */
export const toReceiptRequest = (
  email: string,
  text: string,
  optOuts: readonly OptOutReference[],
): ReceiptRequest => ({
  email,
  optOutIds: optOuts.map(({ id }) => id),
  locale: detectLocale(text),
});

/**
 * Creates what a person is told about their opt-out: its reference, and a link to its receipt. Both are null
 * without an opt-out, because the number could not be read.
 */
export const createAcknowledgment = (
  { keys, organizationId }: TransactionContext,
  optOut: OptOutReference | undefined,
) =>
  optOut === undefined
    ? { reference: null, receipt: null }
    : {
        reference: optOut.reference,
        receipt: writeLink(keys, "receipt link", { organizationId, id: optOut.id }),
      };
