import { mendText } from "@ringfence/core/platform/text";
import { type TransactionContext, writeLink } from "../../platform/internal.ts";
import type { PhoneId } from "@ringfence/core/ids";
import { detectLocale } from "@ringfence/core/platform/message";
import type { ReceiptAsked, RecordedForPhone } from "../opt-out/internal.ts";

/**
 * Whether something that came through a provider has not come before. Of two that come at once the key
 * of the row decides; what has no id of its own counts each time.
 */
export async function markReceived(
  { db, organizationId, now }: TransactionContext,
  { provider, externalId }: { provider: string; externalId: string | null },
): Promise<boolean> {
  if (externalId === null) return true;
  const { count } = await db.inboundMessage.createMany({
    data: { organizationId, provider, externalId: mendText(externalId), receivedAt: now },
    skipDuplicates: true,
  });
  return count === 1;
}

/** The phones of the people whose mailbox it is, and of those who gave it to a form. */
export async function findPhonesOfMailbox(
  { db, organizationId }: TransactionContext,
  email: string,
): Promise<PhoneId[]> {
  const rows = await db.$queryRaw<{ id: PhoneId }[]>`
    SELECT phone_id AS id FROM contact
    JOIN contact_phone ON contact_phone.organization_id = contact.organization_id
      AND contact_id = contact.id
    WHERE contact.organization_id = ${organizationId}::uuid AND lower(email) = lower(${email})
    UNION
    SELECT phone_id FROM confirmation
    WHERE organization_id = ${organizationId}::uuid AND lower(email) = lower(${email})
    ORDER BY id`;
  return rows.map(({ id }) => id);
}

type OptOutReference = Pick<RecordedForPhone, "id" | "reference">;

/** To whom the receipts of refusals go that came by a mail, in the language in which it was written. */
export const toReceiptMail = (
  email: string,
  text: string,
  refusals: readonly OptOutReference[],
): ReceiptAsked => ({
  email,
  optOutIds: refusals.map(({ id }) => id),
  locale: detectLocale(text),
});

/** What a person is told of their refusal: its reference, and the link of its receipt. */
export const createReceipt = (
  { keys, organizationId }: TransactionContext,
  refused: OptOutReference | undefined,
) =>
  refused === undefined
    ? { reference: null, receipt: null }
    : {
        reference: refused.reference,
        receipt: writeLink(keys, "receipt link", { organizationId, id: refused.id }),
      };
