import type { Message } from "@ringfence/core/platform/message";
import type { Transaction } from "@ringfence/db";

/** The longest that an entry may wait for its place: what is promised of it. */
const MAX_WAIT_HOURS = 24;

type Counts = { lost: number; double: number; orphans: number; late: number };

/** What is wrong with what waits: entries that do not, or that wait for what they have. */
export async function auditQueue(db: Transaction): Promise<Message[]> {
  const [counts] = await db.$queryRaw<Counts[]>`
    SELECT
      (SELECT count(*) FROM ledger.entry
        WHERE NOT EXISTS (SELECT FROM ledger.leaf WHERE leaf.entry_id = entry.entry_id)
          AND NOT EXISTS (SELECT FROM ledger.pending WHERE pending.entry_id = entry.entry_id))::float8 AS lost,
      (SELECT count(*) FROM ledger.pending JOIN ledger.leaf USING (entry_id))::float8 AS double,
      (SELECT count(*) FROM ledger.pending LEFT JOIN ledger.entry USING (entry_id)
        WHERE entry.entry_id IS NULL OR leaf_hash <> sha256('\\x00'::bytea || leaf))::float8 AS orphans,
      (SELECT count(*) FROM ledger.pending
        WHERE accepted_at < clock_timestamp() - make_interval(hours => ${MAX_WAIT_HOURS}))::float8 AS late`;
  if (counts === undefined) throw new Error("the database counted nothing");
  const { lost, double, orphans, late } = counts;
  return [
    ...fault("ledger.audit-lost", lost),
    ...fault("ledger.audit-double", double),
    ...fault("ledger.audit-orphans", orphans),
    ...fault("ledger.audit-late", late),
  ];
}

const fault = (key: Message["key"], count: number): Message[] =>
  count === 0 ? [] : [{ key, values: { count } }];
