import type { SyslogEntry } from "@ringfence/core/platform/audit";
import type { Db } from "@ringfence/db";
import { sql } from "kysely";
import { z } from "zod";
import { selectRows } from "../rows.ts";

/** Entries of one delivery. */
const BATCH_SIZE = 500;
/** Longer than a delivery may take. */
const TIMEOUT_MS = 60_000;

type Queue = { db: Pick<Db, "prisma"> };

/**
 * Says whether entries are sent to a collector. From then on, a trigger queues each new entry of every organization. If
 * there is no collector any more, the queue is emptied.
 */
export async function setSyslogCollector({ db: { prisma } }: Queue, isSet: boolean) {
  if (isSet) {
    await prisma.$executeRaw`INSERT INTO syslog_collector (id) VALUES (1) ON CONFLICT DO NOTHING`;
    return;
  }
  await prisma.syslogCollector.deleteMany();
  await prisma.syslogQueue.deleteMany();
}

const EntryRow = z.object({
  organizationId: z.string(),
  id: z.string(),
  at: z.date(),
  actor: z.unknown(),
  action: z.string(),
  phoneId: z.string().nullable(),
  details: z.unknown(),
});

/**
 * Sends the next queued entries and takes them off the queue once `send` has returned, so an entry is sent at least once.
 * Of several workers each takes others. True if more may wait.
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
        SELECT entry.organization_id AS "organizationId", id, at, actor, action, phone_id AS "phoneId", details
        FROM syslog_queue AS queue
        JOIN audit_entry AS entry ON entry.organization_id = queue.organization_id AND id = entry_id
        ORDER BY entry_id LIMIT ${BATCH_SIZE} FOR UPDATE OF queue SKIP LOCKED`,
      );
      if (entries.length === 0) return false;
      await send(entries);
      await tx.syslogQueue.deleteMany({ where: { entryId: { in: entries.map(({ id }) => id) } } });
      return entries.length === BATCH_SIZE;
    },
    { timeout: TIMEOUT_MS },
  );
