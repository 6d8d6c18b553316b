import type { Phone } from "@ringfence/core/people/phone";
import { mendText } from "@ringfence/core/platform/text";
import type { TransactionContext } from "../../platform/context.ts";
import { applyContacts } from "./apply-contacts.ts";

type Introduced = { name: string | undefined; email?: string | undefined };

/**
 * Says whose phone it is where nobody knows. Whoever gives a consent may name any number, so what is known of
 * a person is not theirs to change.
 */
export async function introduceContact(
  ctx: TransactionContext,
  phone: Phone,
  { name, email }: Introduced,
) {
  const row = {
    ...(name && { name: mendText(name) }),
    ...(email !== undefined && { email: mendText(email) }),
  };
  if (Object.keys(row).length === 0) return;
  const known = { organizationId: ctx.organizationId, phone: { e164: phone } };
  if ((await ctx.db.contactPhone.count({ where: known })) > 0) return;
  await applyContacts(ctx, [
    { status: "read", line: 0, row: { ...row, phones: [] }, phones: [phone] },
  ]);
}
