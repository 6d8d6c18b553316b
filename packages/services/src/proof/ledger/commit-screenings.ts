import { sql } from "kysely";
import { z } from "zod";
import { hashLeaf, computeRoot } from "@ringfence/core/proof/ledger";
import type { Transaction } from "@ringfence/db";
import { type Installation, selectRows } from "../../platform/internal.ts";
import { recordStatement } from "./append-statement.ts";
import canonicalize from "canonicalize";

/** Screenings per statement, few enough that a proof is quickly made. */
const BATCH_SIZE = 4_096;
/** How much later than others of the same time a screening may be recorded. Later ones need `withinHours`. */
const LATE_SECONDS = 60;
/** Below every id. */
const NONE = "00000000-0000-0000-0000-000000000000";
const TIMEOUT_MS = 60_000;

/**
 * Puts recorded screenings on the ledger that are not on it yet, in batches. A batch of an organization is one signed
 * statement with the root of the Merkle tree of its screenings, by which each can be proven later. Returns the number
 * of screenings. No screening waits for this. `withinHours` looks back further than the last batch, for screenings that
 * were recorded later than expected (`LATE_SECONDS`). An organization at
 * which another process is at work is skipped.
 */
export async function commitScreenings(
  { db, keys }: Pick<Installation, "db" | "keys">,
  { withinHours = 0 } = {},
): Promise<number> {
  const organizations = await db.prisma.organization.findMany({ select: { id: true } });
  let committed = 0;
  for (const { id } of organizations) {
    const since = await findUncommittedSince(db.prisma, id, withinHours);
    let batch: readonly string[];
    let after = NONE;
    do {
      const work = (tx: Transaction) => commitBatch({ db: tx, keys }, id, { since, after });
      batch = await db.prisma.$transaction(work, { timeout: TIMEOUT_MS });
      committed += batch.length;
      after = batch.at(-1) ?? after;
    } while (batch.length === BATCH_SIZE);
  }
  return committed;
}

/**
 * Returns the time after which screenings may be uncommitted. It is a separate query, because otherwise the
 * planner would read all screenings.
 */
async function findUncommittedSince(
  db: Pick<Transaction, "$kysely">,
  organizationId: string,
  withinHours: number,
) {
  const [found] = await selectRows(
    { db },
    z.object({ since: z.date() }),
    sql`
    SELECT least(
      clock_timestamp() - make_interval(hours => ${withinHours}::int),
      coalesce((
        SELECT at - make_interval(secs => ${LATE_SECONDS}) FROM screening
        WHERE organization_id = ${organizationId}::uuid AND id = (
          SELECT screening_id FROM ledger.screening_leaf
          WHERE organization_id = ${organizationId}::uuid ORDER BY screening_id DESC LIMIT 1)
      ), to_timestamp(0))) AS since`,
  );
  return found?.since ?? new Date(0);
}

type CommitContext = { db: Transaction; keys: Installation["keys"] };

type Span = { since: Date; after: string };

/** Commits to a batch and returns its ids; none if nothing waits or another worker is committing. */
async function commitBatch(
  tools: CommitContext,
  organizationId: string,
  span: Span,
): Promise<string[]> {
  const { db } = tools;
  const [lock] = await selectRows(
    { db },
    z.object({ isOurs: z.boolean(), now: z.date() }),
    sql`
    SELECT pg_try_advisory_xact_lock(hashtextextended(${`${organizationId}/ledger/screenings`}, 0))
      AS "isOurs", clock_timestamp() AS now`,
  );
  if (lock?.isOurs !== true) return [];

  const ids = await listUncommitted(db, organizationId, span);
  const [first] = ids;
  if (first === undefined) return [];
  const records = await loadScreeningRecords(db, organizationId, ids);
  const leaves = records.map((record) => hashLeaf(Buffer.from(record)));
  const { entryId } = await recordStatement(tools, {
    organizationId,
    kind: "screening.batch",
    subject: first,
    at: lock.now,
    claims: { count: ids.length, root: Buffer.from(computeRoot(leaves)).toString("base64url") },
  });
  await db.$executeRaw`
    INSERT INTO ledger.screening_leaf (organization_id, screening_id, entry_id, leaf_index)
    SELECT ${organizationId}::uuid, id, ${entryId}::uuid, place - 1
    FROM unnest(${ids}::uuid[]) WITH ORDINALITY AS made (id, place)`;
  return ids;
}

async function listUncommitted(db: Transaction, organizationId: string, { since, after }: Span) {
  const rows = await selectRows(
    { db },
    z.object({ id: z.string() }),
    sql`
    SELECT id FROM screening
    WHERE organization_id = ${organizationId}::uuid AND at > ${since} AND id > ${after}::uuid
      AND NOT EXISTS (
        SELECT FROM ledger.screening_leaf
        WHERE screening_leaf.organization_id = ${organizationId}::uuid
          AND screening_id = screening.id)
    ORDER BY id LIMIT ${BATCH_SIZE}`,
  );
  return rows.map(({ id }) => id);
}

type ScreeningRow = Awaited<ReturnType<typeof loadScreenings>>[number];

const loadScreenings = (db: Transaction, organizationId: string, ids: string[]) =>
  db.screening.findMany({ where: { organizationId, id: { in: ids } } });

/**
 * Loads screenings as they are committed to: canonical JSON (RFC 8785), which never changes because the
 * rows never do. It contains ids and the grounds of the verdict, but no number.
 */
export async function loadScreeningRecords(
  db: Transaction,
  organizationId: string,
  ids: string[],
): Promise<string[]> {
  const rows = new Map((await loadScreenings(db, organizationId, ids)).map((row) => [row.id, row]));
  return ids.map((id) => {
    const row = rows.get(id);
    const record = row && canonicalize(toScreeningRecord(row));
    if (record === undefined) throw new Error("a screening is gone, or cannot be written as JSON");
    return record;
  });
}

const toScreeningRecord = (row: ScreeningRow) => ({
  s: "ringfence/screening@v1",
  id: row.id,
  phone_id: row.phoneId,
  seller_id: row.sellerId,
  purpose: row.purpose,
  dialer: row.dialer,
  campaign: row.campaign,
  at: row.at.toISOString(),
  verdict: row.verdict,
  refusals: row.refusals,
  warnings: row.warnings,
  checked: row.checked,
  permit_until: row.permitUntil?.toISOString() ?? null,
  actor: row.actor,
});
