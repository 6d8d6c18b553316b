import { sql } from "kysely";
import { z } from "zod";
import {
  type Activity,
  type ReadActivityRow,
  createActivityKey,
  readActivityRow,
} from "@ringfence/core/people/activity";
import {
  ManyRows,
  type RejectedRow,
  type RowOutcome,
  type RowsSummary,
  isRejected,
  rejected,
  summarizeRows,
} from "@ringfence/core/platform/rows";
import {
  type TransactionContext,
  command,
  defineJob,
  enqueueThrottled,
  shareLock,
  selectRows,
  toTable,
} from "../../platform/internal.ts";
import { loadOrganization } from "../../account/organization/internal.ts";
import { loadActivityTypes } from "./activity-types.ts";
import { type FoundPerson, findPeople } from "./find-people.ts";

/**
 * Records what people did. An activity that is sent again (with the same id or, without an id, with the same
 * content) changes nothing and is reported as `unchanged`, so that senders can safely retry.
 */
export const recordActivities = command({
  name: "recordActivities",
  action: "activity.record",
  input: ManyRows,
  transaction: { timeoutMs: 60_000 },
  run: async (ctx, { rows, firstLine = 1 }): Promise<RowsSummary> => {
    const context = {
      types: await loadActivityTypes(ctx),
      region: (await loadOrganization(ctx)).homeRegion,
      now: ctx.now,
    };
    const read = rows.map((row, index) => readActivityRow(firstLine + index, row, context));
    const readable = read.filter((row) => row.status === "read");
    const unreadable = read.filter((row) => row.status === "rejected");
    const outcomes = [...unreadable, ...(await recordReadRows(ctx, readable))];
    return summarizeRows(outcomes.toSorted((a, b) => a.line - b.line));
  },
  audit: (answer) => {
    const { accepted, rejected } = answer;
    const rejectedFields = countRejectedFields(answer);
    return { accepted, rejected, ...(rejectedFields && { refused: rejectedFields }) };
  },
});

/** Counts rejected rows by field: `at 3, contact 2`. Values of rows are never written to the audit trail. */
function countRejectedFields({ rows }: RowsSummary): string {
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
  // Blocks erasures until commit, so that nothing is written about an erased person.
  await shareLock(ctx, "erasure");
  const people = await findPeople(
    ctx,
    rows.map(({ reference }) => reference),
  );
  const unmatched: RejectedRow[] = [];
  const found: (NewActivity & { line: number })[] = [];
  for (const [index, { line, externalId, activity }] of rows.entries()) {
    const person = people[index];
    if (person?.ordinal === undefined) unmatched.push(toPersonFault(line, person));
    else found.push({ line, externalId, ordinal: person.ordinal, activity });
  }
  const isNew = await insertActivities(ctx, found);
  const outcomes = found.map(
    ({ line }, index) => ({ line, status: isNew[index] ? "created" : "unchanged" }) as const,
  );
  return [...unmatched, ...outcomes];
}

const personFields = { externalId: "/contact", phone: "/phone", email: "/email" };

function toPersonFault(line: number, person: FoundPerson | undefined): RejectedRow {
  // `findPeople` gives a result for every row; the defaults are for the compiler.
  const { by = "externalId", fault = "unknown" } = person?.fault ? person : {};
  return rejected(line, { key: `activity.person-${fault}`, values: { by } }, personFields[by]);
}

/** An activity of a stored contact. */
type NewActivity = {
  /** The sender's id of the activity. */
  externalId: string | undefined;
  /** Ordinal of the contact. */
  ordinal: number;
  activity: Activity;
};

/**
 * Inserts new activities and adds them to the totals and preferences of their people (rollups), in one
 * statement, then queues a check of segments. Returns for each activity whether it was new. The rollups do not
 * depend on the order of activities. The caller shares the lock "erasure", so that no person is erased meanwhile.
 */
export const insertActivities = async (
  ctx: TransactionContext,
  all: readonly NewActivity[],
): Promise<boolean[]> => {
  const { db, organizationId, now } = ctx;
  const rows = all.map(({ externalId, ordinal, activity }) => ({
    ...activity,
    key: createActivityKey(externalId, ordinal, activity),
    ordinal,
  }));
  // Sorted, so that two concurrent batches cannot deadlock.
  const sorted = rows.toSorted((a, b) => compare(a.type, b.type) || compare(a.key, b.key));
  const table = toTable(sorted, {
    type: "text",
    key: "text",
    ordinal: "int",
    at: "timestamptz",
    amount: "float8",
    category: "text",
    properties: "jsonb",
  });
  const inserted = await selectRows(
    { db },
    z.object({ type: z.string(), key: z.string() }),
    sql`
    WITH inserted AS (
      INSERT INTO activity (organization_id, type, key, contact_ordinal, at, amount, category,
        properties, recorded_at)
      SELECT ${organizationId}::uuid, type, key, ordinal, at, amount, category, properties, ${now}
      FROM ${table} AS row
      ON CONFLICT DO NOTHING
      RETURNING type, key, contact_ordinal, at, amount, properties
    ), rolled AS (
      INSERT INTO activity_rollup AS rollup (organization_id, type, contact_ordinal, count, amount,
        priced, first_at, last_at)
      SELECT ${organizationId}::uuid, type, contact_ordinal, count(*), coalesce(sum(amount), 0),
        count(amount), min(at), max(at)
      FROM inserted GROUP BY type, contact_ordinal ORDER BY type, contact_ordinal
      ON CONFLICT (organization_id, type, contact_ordinal) DO UPDATE SET
        count = rollup.count + excluded.count, amount = rollup.amount + excluded.amount,
        priced = rollup.priced + excluded.priced,
        first_at = least(rollup.first_at, excluded.first_at),
        last_at = greatest(rollup.last_at, excluded.last_at)
    ), preferred AS (
      INSERT INTO preference_rollup AS known (organization_id, contact_ordinal, topic, value, at, key)
      SELECT DISTINCT ON (contact_ordinal, topic) ${organizationId}::uuid, contact_ordinal,
        left(properties ->> 'topic', 200) AS topic, left(properties ->> 'value', 200), at, key
      FROM inserted WHERE type = 'preference' AND properties ? 'topic'
      ORDER BY contact_ordinal, topic, at DESC, key COLLATE "C" DESC
      ON CONFLICT (organization_id, contact_ordinal, topic) DO UPDATE SET
        value = excluded.value, at = excluded.at, key = excluded.key
      WHERE (excluded.at, excluded.key COLLATE "C") > (known.at, known.key COLLATE "C")
    )
    SELECT type, key FROM inserted`,
  );

  const newKeys = new Set(inserted.map(toKey));
  await queueSegmentCheck(
    ctx,
    rows.flatMap((row) => (newKeys.has(toKey(row)) ? [row.ordinal] : [])),
  );
  // If a batch contains an activity twice, only the first is new: `delete` is true once.
  return rows.map((row) => newKeys.delete(toKey(row)));
};

const toKey = ({ type, key }: { type: string; key: string }) => `${type} ${key}`;

const compare = (a: string, b: string) => {
  if (a === b) return 0;
  return a < b ? -1 : 1;
};

/** Updates segments for the people with new activities (listed in `segment_touch`). */
export const followActivitiesJob = defineJob("segment.follow", {});

/** Delay of the job, so that activities within this time are handled together. */
const SEGMENT_CHECK_DELAY_SECONDS = 5;

/** Queues a check whether these people now belong to segments. */
async function queueSegmentCheck(ctx: TransactionContext, ordinals: readonly number[]) {
  const { db, organizationId } = ctx;
  if (ordinals.length === 0) return;
  await db.segmentTouch.create({ data: { organizationId, ordinals: [...new Set(ordinals)] } });
  await enqueueThrottled(ctx, followActivitiesJob, {}, SEGMENT_CHECK_DELAY_SECONDS);
}
