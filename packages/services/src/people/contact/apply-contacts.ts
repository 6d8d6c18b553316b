import {
  type ContactPlan,
  planContacts,
  type PlannedRow,
  type ReadContactRow,
} from "@ringfence/core/people/contact";
import type { ContactId } from "@ringfence/core/ids";
import { type RejectedRow, rejected } from "@ringfence/core/platform/rows";
import type { TransactionContext } from "../../platform/context.ts";
import { freshIds } from "../../platform/fresh-ids.ts";
import { holdLock } from "../../platform/lock/hold-lock.ts";
import { internPhones } from "../phone/intern-phones.ts";
import { readKnownContacts } from "./read-known-contacts.ts";
import { writeContacts } from "./write-contacts.ts";

/** Brings contacts up to what rows say of them; no phone is ever taken away. */
export const applyContacts = async (
  ctx: TransactionContext,
  rows: readonly ReadContactRow[],
): Promise<ContactPlan> => {
  if (rows.length === 0) return { outcomes: [], created: [], updated: [] };
  await holdLock(ctx, "contacts");
  const { planned, erased } = await withPhones(ctx, rows);
  const plan = planContacts(planned, await readKnownContacts(ctx, planned));
  await writeContacts(ctx, plan);
  return { ...plan, outcomes: [...erased, ...plan.outcomes] };
};

/** Rows whose phones are on record, and those that name one which a person had us erase. */
async function withPhones(ctx: TransactionContext, rows: readonly ReadContactRow[]) {
  const interned = await internPhones(
    ctx,
    rows.flatMap(({ phones }) => phones),
  );
  const ids = await freshIds<ContactId>(ctx, rows.length);

  const planned: PlannedRow[] = [];
  const erased: RejectedRow[] = [];
  for (const [index, { line, row, phones }] of rows.entries()) {
    const gone = phones.findIndex((phone) => interned.get(phone)?.isErased);
    const newId = ids[index];
    if (gone !== -1) {
      const values = { phone: String(phones[gone]) };
      erased.push(rejected(line, { key: "contact.erased", values }, `/phones/${gone}`));
    } else if (newId) {
      const phoneIds = phones.flatMap((phone) => interned.get(phone)?.id ?? []);
      planned.push({ line, row, phoneIds, newId });
    }
  }
  return { planned, erased };
}
