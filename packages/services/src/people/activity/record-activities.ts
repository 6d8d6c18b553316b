import { type ReadActivityRow, readActivityRow } from "@ringfence/core/people/activity";
import {
  type ManyRows,
  type RejectedRow,
  type RowOutcome,
  type RowsAnswer,
  answerRows,
  isRejected,
  rejected,
} from "@ringfence/core/platform/rows";
import { allow } from "../../platform/access/allow.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import {
  type ServiceContext,
  type TransactionContext,
  inTransaction,
} from "../../platform/context.ts";
import { shareLock } from "../../platform/lock/hold-lock.ts";
import { organizationOf } from "../../account/organization/organization-of.ts";
import { loadActivityTypes } from "./activity-types.ts";
import { type FoundPerson, findPeople } from "./find-people.ts";
import { type NewActivity, insertActivities } from "./insert-activities.ts";

/**
 * Puts on record what people did. One that is on record already is unchanged, whether it comes again
 * by its id or word for word, so that whatever was sent can be sent again.
 */
export async function recordActivities(
  ctx: ServiceContext,
  { rows, firstLine = 1 }: ManyRows,
): Promise<RowsAnswer> {
  allow(ctx, "activity.record");

  const recordAll = async (ctx: TransactionContext) => {
    const world = {
      types: await loadActivityTypes(ctx),
      region: (await organizationOf(ctx)).homeRegion,
      now: ctx.now,
    };
    const read = rows.map((row, index) => readActivityRow(firstLine + index, row, world));
    const sound = read.filter((row) => row.status === "read");
    const unreadable = read.filter((row) => row.status === "rejected");
    const outcomes = [...unreadable, ...(await recordReadRows(ctx, sound))];
    const answer = answerRows(outcomes.toSorted((a, b) => a.line - b.line));
    const { accepted, rejected } = answer;
    const refused = countRejectedFields(answer);
    await appendAudit(ctx, "activity.record", { accepted, rejected, ...(refused && { refused }) });
    return answer;
  };
  return inTransaction(ctx, recordAll, { timeoutMs: 60_000 });
}

/** By which fields rows were refused, and how many: `at 3, contact 2`; nothing of what stood in them. */
function countRejectedFields({ rows }: RowsAnswer): string {
  const paths = rows.flatMap((row) => (isRejected(row) ? [row.path] : []));
  const byField = Map.groupBy(paths, (path) => /^\/(\w+)/.exec(path)?.[1] ?? "row");
  return [...byField]
    .toSorted(([, one], [, other]) => other.length - one.length)
    .map(([field, { length }]) => `${field} ${length}`)
    .join(", ");
}

async function recordReadRows(
  ctx: TransactionContext,
  rows: readonly ReadActivityRow[],
): Promise<RowOutcome[]> {
  // Nobody is erased from here on: nothing may be written of who was.
  await shareLock(ctx, "erasure");
  const people = await findPeople(
    ctx,
    rows.map(({ named }) => named),
  );
  const lost: RejectedRow[] = [];
  const found: (NewActivity & { line: number })[] = [];
  for (const [index, { line, externalId, activity }] of rows.entries()) {
    const person = people[index];
    if (person?.ordinal === undefined) lost.push(toPersonFault(line, person));
    else found.push({ line, externalId, ordinal: person.ordinal, activity });
  }
  const isNew = await insertActivities(ctx, found);
  const outcomes = found.map(
    ({ line }, index) => ({ line, status: isNew[index] ? "created" : "unchanged" }) as const,
  );
  return [...lost, ...outcomes];
}

const personFields = { externalId: "/contact", phone: "/phone", email: "/email" };

function toPersonFault(line: number, person: FoundPerson | undefined): RejectedRow {
  const { by = "externalId", fault = "unknown" } = person?.fault ? person : {};
  return rejected(line, { key: `activity.person-${fault}`, values: { by } }, personFields[by]);
}
