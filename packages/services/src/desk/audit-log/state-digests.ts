import {
  type DigestLeaf,
  computeAuditDigest,
  formatRoot,
  hashAuditRecord,
} from "@ringfence/core/desk/audit-log";
import { DAY_MS } from "@ringfence/core/platform/time";
import type { Db, Transaction } from "@ringfence/db";
import { sql } from "kysely";
import { z } from "zod";
import {
  type RootContext,
  type TransactionContext,
  addJob,
  command,
  defineJob,
  holdLock,
  inTransaction,
  queueJobs,
  selectRow,
  selectRows,
} from "../../platform/internal.ts";
import { recordStatement } from "../../proof/ledger/internal.ts";
import { loadRemovedEntries } from "./removed-entries.ts";

/**
 * How long after midnight (UTC) the entries of a day are complete: an entry has the time at which its transaction began,
 * and no transaction that writes one lasts longer than ten minutes.
 */
export const SETTLE_MINUTES = 30;

/** Entries read at once. */
const PAGE_SIZE = 5_000;
const TIMEOUT_MS = 600_000;

/** States the digests of the days that an organization has not stated yet. */
export const auditDigestJob = defineJob("audit.digest", {});

/** SQL for the last day whose entries are complete. */
const lastCompleteDay = sql`((now() AT TIME ZONE 'UTC' - make_interval(mins => ${SETTLE_MINUTES}::int))::date - 1)`;

/** Queues a job for each organization that has a day to state. */
export const startAuditDigests = ({ prisma }: Pick<Db, "prisma">) =>
  queueJobs(
    { $kysely: prisma.$kysely },
    sql`
    SELECT ${addJob(auditDigestJob, { organizationId: sql`organization.id` }, { key: sql`${`${auditDigestJob.name} `}::text || organization.id` })}
    FROM organization
    WHERE NOT EXISTS (
        SELECT FROM audit_digest
        WHERE audit_digest.organization_id = organization.id AND day >= ${lastCompleteDay})
      AND EXISTS (
        SELECT FROM audit_entry
        WHERE audit_entry.organization_id = organization.id
          AND at < (${lastCompleteDay} + 1)::timestamp AT TIME ZONE 'UTC')`,
  );

/**
 * States the digest of each complete day that is not stated yet, beginning with the day of the first entry. Each day is
 * one transaction, so a job that was killed goes on with the next day, and states none twice.
 */
export const stateAuditDigests = command({
  name: "stateAuditDigests",
  action: "audit.digest",
  transaction: "by run",
  input: z.strictObject({ signal: z.instanceof(AbortSignal).optional() }),
  run: async (ctx: RootContext, { signal }): Promise<{ days: number }> => {
    for (let days = 0; ; days++) {
      signal?.throwIfAborted();
      const isStated = await inTransaction(ctx, stateNextDay, { timeoutMs: TIMEOUT_MS });
      if (!isStated) return { days };
    }
  },
  // The statements are the record of it.
  audit: "none",
});

const NextDay = z.object({ day: z.iso.date().nullable(), isComplete: z.boolean() });

/** States the next day. False if there is none that is complete. */
async function stateNextDay(ctx: TransactionContext): Promise<boolean> {
  const { db, organizationId, now: statedAt } = ctx;
  // No sweep removes entries of the day meanwhile, and no other worker states it.
  await holdLock(ctx, "retention");
  const { day, isComplete } = await selectRow(
    ctx,
    NextDay,
    sql`
    SELECT day::text, coalesce(day <= ${lastCompleteDay}, false) AS "isComplete"
    FROM (SELECT coalesce(
      (SELECT max(day) + 1 FROM audit_digest WHERE organization_id = ${organizationId}::uuid),
      (SELECT (min(at) AT TIME ZONE 'UTC')::date FROM audit_entry
        WHERE organization_id = ${organizationId}::uuid)) AS day) AS next`,
  );
  if (day === null || !isComplete) return false;
  // An entry that a sweep has removed already is one of the day's too.
  const leaves = await loadRemovedEntries(ctx, day);
  for await (const page of readDay(ctx, day)) leaves.push(...page);
  const { entries, root } = computeAuditDigest(leaves);
  await recordStatement(ctx, {
    organizationId,
    kind: "audit.digest",
    subject: day,
    at: statedAt,
    claims: { day, entries, root: formatRoot(root) },
  });
  await db.auditDigest.create({ data: { organizationId, day: new Date(day), statedAt } });
  return true;
}

const EntryRow = z.object({
  id: z.string(),
  at: z.date(),
  actor: z.unknown(),
  action: z.string(),
  phoneId: z.string().nullable(),
  details: z.unknown(),
});

type Reader = { db: Pick<Transaction, "$kysely">; organizationId: string };

/** Reads and hashes the entries of a day, page by page. */
export async function* readDay(
  ctx: Reader,
  day: string,
): AsyncGenerator<DigestLeaf[], void, undefined> {
  const until = new Date(Date.parse(day) + DAY_MS);
  let after: Pick<DigestLeaf, "at" | "id"> | undefined;
  do {
    const page = await selectEntries(
      ctx,
      sql`at >= ${new Date(day)} AND at < ${until}
      AND (${after === undefined}
        OR (at, id) > (${after?.at ?? until}::timestamptz, ${after?.id ?? null}::uuid))
      ORDER BY at, id LIMIT ${PAGE_SIZE}`,
    );
    yield page;
    after = page.length < PAGE_SIZE ? undefined : page.at(-1);
  } while (after !== undefined);
}

/** Hashes some entries, as the digest of their day does. */
export const hashEntries = (ctx: Reader, ids: readonly string[]): Promise<DigestLeaf[]> =>
  selectEntries(ctx, sql`id = ANY (${[...ids]}::uuid[])`);

async function selectEntries(
  { db, organizationId }: Reader,
  condition: ReturnType<typeof sql>,
): Promise<DigestLeaf[]> {
  const rows = await selectRows(
    { db },
    EntryRow,
    sql`
    SELECT id, at, actor, action, phone_id AS "phoneId", details FROM audit_entry
    WHERE organization_id = ${organizationId}::uuid AND ${condition}`,
  );
  return rows.map((row) => ({ id: row.id, at: row.at, leaf: hashAuditRecord(row) }));
}
