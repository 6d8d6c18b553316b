import type { SyslogEntry } from "@ringfence/core/platform/audit";
import type { Db } from "@ringfence/db";
import { sql } from "kysely";
import { z } from "zod";
import { selectRow, selectRows } from "../rows.ts";

/** Entries of one delivery. */
const BATCH_SIZE = 500;
/** Longer than a delivery may take. */
const TIMEOUT_MS = 60_000;
/** The longest transaction that writes an entry. */
const MAX_TRANSACTION_MINUTES = 10;

type Queue = { db: Pick<Db, "prisma"> };

const SetCollector = z.object({ at: z.date(), wasSet: z.boolean() });

/**
 * Has a trigger queue each new entry of every organization from now on. Returns the time, and in `wasSet` whether the
 * trigger did so already; then nothing changes.
 */
export const setSyslogCollector = ({ db }: Queue) =>
  selectRow(
    { db: db.prisma },
    SetCollector,
    sql`
    WITH added AS (INSERT INTO syslog_collector (id) VALUES (1) ON CONFLICT DO NOTHING RETURNING id)
    SELECT clock_timestamp() AS at, NOT EXISTS (SELECT FROM added) AS "wasSet"`,
  );

/** Stops the trigger and empties the queue, because there is no collector. Entries that wait are not sent any more. */
export async function clearSyslogQueue({ db: { prisma } }: Queue): Promise<void> {
  await prisma.syslogCollector.deleteMany();
  await prisma.syslogQueue.deleteMany();
}

/**
 * Queues the entries of every organization since a time again, and those of transactions that were under way then. One
 * that waits already keeps its place.
 */
export async function queueAgain({ db }: Queue, since: Date): Promise<void> {
  await sql`
    INSERT INTO syslog_queue (organization_id, entry_id)
    SELECT entry.organization_id, entry.id FROM organization
    JOIN audit_entry AS entry ON entry.organization_id = organization.id
    WHERE at >= ${since}::timestamptz - make_interval(mins => ${MAX_TRANSACTION_MINUTES}::int)
    ON CONFLICT DO NOTHING`.execute(db.prisma.$kysely);
}

/**
 * Numbers the queued entries that have no number yet. The numbers follow each other without a gap and are committed
 * before anything is sent. So an entry that is sent again keeps its number, and the collector sees a gap if somebody
 * takes an entry off the queue.
 */
export async function numberQueuedEntries({ db }: Queue): Promise<void> {
  const { isAny } = await selectRow(
    { db: db.prisma },
    z.object({ isAny: z.boolean() }),
    sql`SELECT EXISTS (SELECT FROM syslog_queue WHERE number IS NULL) AS "isAny"`,
  );
  if (!isAny) return;
  await db.prisma.$transaction(
    async (tx) => {
      // A statement of its own, so that the next one sees what another worker has numbered.
      await tx.$executeRaw`SELECT FROM syslog_collector FOR UPDATE`;
      await tx.$executeRaw`
        WITH added AS (
          UPDATE syslog_queue AS queue SET number = numbered + place
          FROM syslog_collector, (
            SELECT organization_id, entry_id, row_number() OVER (ORDER BY entry_id) AS place
            FROM syslog_queue WHERE number IS NULL) AS waiting
          WHERE queue.organization_id = waiting.organization_id AND queue.entry_id = waiting.entry_id
          RETURNING queue.number)
        UPDATE syslog_collector SET numbered = (SELECT max(number) FROM added)
        WHERE EXISTS (SELECT FROM added)`;
    },
    { timeout: TIMEOUT_MS },
  );
}

const EntryRow = z.object({
  organizationId: z.string(),
  id: z.string(),
  number: z.number(),
  at: z.date(),
  actor: z.unknown(),
  action: z.string(),
  phoneId: z.string().nullable(),
  details: z.unknown(),
});

/**
 * Sends the next numbered entries, up to 500, and takes them off the queue once `send` has resolved. If it rejects,
 * they stay, so an entry is sent at least once, and perhaps again. Several workers may call it at once: each sends
 * other entries. Returns true if more may wait.
 */
export const sendQueuedEntries = (
  { db }: Queue,
  send: (entries: readonly SyslogEntry[]) => Promise<void>,
): Promise<boolean> =>
  db.prisma.$transaction(
    async (tx) => {
      const entries = await selectRows(
        { db: tx },
        EntryRow,
        sql`
        SELECT entry.organization_id AS "organizationId", id, number::float8, at, actor, action,
          phone_id AS "phoneId", details
        FROM syslog_queue AS queue
        JOIN audit_entry AS entry ON entry.organization_id = queue.organization_id AND id = entry_id
        WHERE number IS NOT NULL
        ORDER BY queue.number LIMIT ${BATCH_SIZE} FOR UPDATE OF queue SKIP LOCKED`,
      );
      if (entries.length === 0) return false;
      await send(entries);
      await tx.syslogQueue.deleteMany({
        where: {
          number: { in: entries.map(({ number }) => BigInt(number)) },
          // After somebody switched the queue off, numbers begin again, so two waiting entries may share one.
          entryId: { in: entries.map(({ id }) => id) },
        },
      });
      return entries.length === BATCH_SIZE;
    },
    { timeout: TIMEOUT_MS },
  );
