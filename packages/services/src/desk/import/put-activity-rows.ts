import {
  type ImportOutcome,
  ordersOf,
  type ReadActivityCells,
  readActivityCells,
  rejectedCells,
} from "@ringfence/core/desk/import";
import { type RejectedRow, rejected } from "@ringfence/core/platform/rows";
import { activityTypesOf } from "../../people/activity/activity-types-of.ts";
import { type FoundPerson, findPeople } from "../../people/activity/find-people.ts";
import { insertActivities } from "../../people/activity/insert-activities.ts";
import { applyContacts } from "../../people/contact/apply-contacts.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { shareLock } from "../../platform/lock/hold-lock.ts";
import type { RowPutter } from "./row-putter.ts";

/** A row for each activity, or for each item of one; who is not on record yet becomes a contact. */
export const putActivityRows: RowPutter = async (ctx, rows, { mapping }) => {
  const world = { types: await activityTypesOf(ctx), region: mapping.region, now: ctx.now };
  const orders = ordersOf(mapping, rows);
  const read = orders.flatMap(([first, ...more]) =>
    first ? [readActivityCells([first, ...more], mapping, world)] : [],
  );
  const outcomes = new Map<number, ImportOutcome>();
  const tell = (row: RejectedRow) => outcomes.set(row.line, rejectedCells(row));
  for (const row of read) if (row.status === "rejected") tell(row);

  const sound = read.filter((row) => row.status === "read");
  const people = await peopleOf(ctx, sound, tell);
  const known = sound.flatMap((row) => {
    const person = people.get(row.line);
    return person === undefined ? [] : [{ ...row, ordinal: person }];
  });
  const isNew = await insertActivities(ctx, known);
  for (const [index, { line }] of known.entries()) {
    outcomes.set(line, { line, status: isNew[index] ? "created" : "unchanged", remarks: [] });
  }
  return orders.flatMap((order) => {
    const outcome = outcomes.get(order[0]?.line ?? 0);
    return outcome ? order.map(({ line }) => ({ ...outcome, line })) : [];
  });
};

/** The ordinals of people by line; of whom there is none, `tell` hears why. */
async function peopleOf(
  ctx: TransactionContext,
  rows: readonly ReadActivityCells[],
  tell: (row: RejectedRow) => void,
): Promise<Map<number, number>> {
  // Nobody is erased from here on: nothing may be written of who was.
  await shareLock(ctx, "erasure");
  const people = await findAll(ctx, rows);
  const isNew = (row: ReadActivityCells) => people.get(row.line)?.fault === "unknown";
  const strangers = rows.filter((row) => isNew(row) && (row.named.phone ?? row.named.externalId));
  const readable = strangers.flatMap(({ person }) => (person.status === "read" ? [person] : []));
  const { outcomes } = await applyContacts(ctx, readable);
  const refused = [...strangers.map(({ person }) => person), ...outcomes].filter(
    (row) => row.status === "rejected",
  );
  for (const [line, person] of await findAll(ctx, strangers)) people.set(line, person);

  for (const row of refused) tell(row);
  const isTold = new Set(refused.map(({ line }) => line));
  const found = new Map<number, number>();
  for (const [line, person] of people) {
    if (person.ordinal !== undefined) found.set(line, person.ordinal);
    else if (!isTold.has(line)) tell(nobody(line, person));
  }
  return found;
}

async function findAll(ctx: TransactionContext, rows: readonly ReadActivityCells[]) {
  const found = await findPeople(
    ctx,
    rows.map(({ named }) => named),
  );
  return new Map<number, FoundPerson>(
    rows.flatMap(({ line }, index) => {
      const person = found[index];
      return person ? [[line, person] as const] : [];
    }),
  );
}

const fields = { externalId: "/externalId", phone: "/phone", email: "/email" };

const nobody = (line: number, person: Extract<FoundPerson, { fault: string }>) =>
  rejected(
    line,
    { key: `activity.person-${person.fault}`, values: { by: person.by } },
    fields[person.by],
  );
