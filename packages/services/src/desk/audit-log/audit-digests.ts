// oxlint-disable-next-line house/no-ambient-input -- the result of hashing depends only on its input
import { hash } from "node:crypto";
import {
  AuditDigestClaims,
  type DigestLeaf,
  computeAuditDigest,
  isStatedDigest,
} from "@ringfence/core/desk/audit-log";
import { OrganizationId } from "@ringfence/core/ids";
import type { EntryKind } from "@ringfence/core/proof/ledger";
import type { Message } from "@ringfence/core/platform/message";
import type { Transaction } from "@ringfence/db";
import { sql } from "kysely";
import { z } from "zod";
import {
  type Installation,
  isOwnStatement,
  selectRow,
  selectRows,
} from "../../platform/internal.ts";
import { LOG_ID, isClaimedBy, readPlainClaims } from "../../proof/ledger/internal.ts";
import { hashRemovedEntries, loadRemovedEntries } from "./removed-entries.ts";
import { SETTLE_MINUTES, readDay } from "./state-digests.ts";

/** The number of days from the first digest to the last, over all organizations, and of the faults found. */
export type DigestAudit = { days: number; faults: number };

type Auditing = Pick<Installation, "keys"> & { db: Transaction; organizationId: OrganizationId };
type Report = (fault: Message) => void;

const TIMEOUT_MS = 24 * 3_600_000;
/** Days without a digest after which the worker is late, and not just catching up. */
const MAX_DAYS_LATE = 2;

/**
 * Computes the digest of every day of every organization's audit trail again, and compares it with the one on the
 * ledger. Reports days whose entries were added to, changed or removed, entries from before the first digest, days
 * without a digest, days that were stated again, digests that are late, statements that are not ours or are misfiled,
 * and removals that no retention sweep has stated. Reads one snapshot, and changes nothing.
 */
export async function auditDigests(
  { db, keys }: Pick<Installation, "db" | "keys">,
  report: Report,
): Promise<DigestAudit> {
  const counted = { days: 0, faults: 0 };
  await db.prisma.$transaction(
    async (db) => {
      const organizations = await selectRows(
        { db },
        z.object({ id: OrganizationId }),
        sql`SELECT id FROM organization ORDER BY id`,
      );
      for (const { id: organizationId } of organizations) {
        counted.days += await auditOrganization({ db, keys, organizationId }, (fault) => {
          counted.faults++;
          report(fault);
        });
      }
    },
    { isolationLevel: "RepeatableRead", timeout: TIMEOUT_MS },
  );
  return counted;
}

async function auditOrganization(ctx: Auditing, report: Report): Promise<number> {
  const { organizationId: organization } = ctx;
  const digests = await loadDigests(ctx, report);
  const span = await loadSpan(ctx, [...digests.keys()].toSorted());
  if (span.early > 0)
    report({ key: "ledger.audit-digest-early", values: { organization, count: span.early } });
  if (span.isLate) report({ key: "ledger.audit-digest-late", values: { organization } });
  const swept = await loadStatedRemovals(ctx, report);
  for (const day of span.days) {
    const stated = digests.get(day);
    if (stated === undefined) {
      report({ key: "ledger.audit-digest-missing", values: { organization, day } });
      continue;
    }
    const [found, removed] = [await collect(readDay(ctx, day)), await loadRemovedEntries(ctx, day)];
    const unstated = removed.filter(({ id }) => !swept.has(id));
    if (unstated.length > 0) {
      const values = { organization, day, count: unstated.length };
      report({ key: "ledger.audit-digest-removed", values });
    }
    if (!isStatedDigest(computeAuditDigest([...found, ...removed]), stated)) {
      const values = { organization, day, stated: stated.entries };
      const there = { found: found.length, removed: removed.length };
      report({ key: "ledger.audit-digest-differs", values: { ...values, ...there } });
    }
  }
  return span.days.length;
}

/**
 * Loads the first digest of each day. Days are stated in order, so a digest that comes after one of the same or a later
 * day was made because somebody hid what had been stated: it is reported, and does not count.
 */
async function loadDigests(ctx: Auditing, report: Report) {
  const digests = new Map<string, AuditDigestClaims>();
  let lastDay = "";
  for (const claims of await loadClaims(ctx, "audit.digest", report)) {
    const stated = AuditDigestClaims.parse(claims);
    if (stated.day <= lastDay) {
      const values = { organization: ctx.organizationId, day: stated.day };
      report({ key: "ledger.audit-digest-again", values });
      continue;
    }
    digests.set(stated.day, stated);
    lastDay = stated.day;
  }
  return digests;
}

/**
 * Loads the claims of an organization's statements of a kind, in the order of the log. Reports those that no key of ours
 * signed, and those that another organization or another kind of statement made.
 */
async function loadClaims(
  { db, keys, organizationId }: Auditing,
  kind: EntryKind,
  report: Report,
): Promise<unknown[]> {
  const rows = await selectRows(
    { db },
    z.object({ id: z.string(), statement: z.string() }),
    sql`
    SELECT entry.entry_id AS id, statement FROM ledger.entry
    LEFT JOIN ledger.leaf ON leaf.entry_id = entry.entry_id AND leaf.log_id = ${LOG_ID}
    WHERE organization_id = ${organizationId}::uuid AND kind = ${kind}
    ORDER BY leaf_index NULLS LAST, entry.entry_id`,
  );
  return rows.flatMap(({ id, statement }) => {
    const claims = isOwnStatement(keys, statement) ? readPlainClaims(statement) : null;
    if (claims !== null && isClaimedBy(claims, organizationId, kind)) return [claims];
    const fault = claims === null ? "ledger.audit-digest-unsigned" : "ledger.audit-misfiled";
    report({ key: fault, values: { id } });
    return [];
  });
}

const Span = z.object({ days: z.iso.date().array(), early: z.number(), isLate: z.boolean() });

/**
 * Loads all days from the first digest to the last, counts entries of earlier days, and says if digests are overdue.
 */
const loadSpan = ({ db, organizationId }: Auditing, stated: readonly string[]) => {
  const [first, last] = [stated[0] ?? null, stated.at(-1) ?? null];
  const newest = sql`((now() AT TIME ZONE 'UTC' - make_interval(mins => ${SETTLE_MINUTES}::int))::date - ${MAX_DAYS_LATE}::int)`;
  return selectRow(
    { db },
    Span,
    sql`
    SELECT ARRAY(SELECT day::date::text
        FROM generate_series(${first}::date, ${last}::date, interval '1 day') AS day ORDER BY 1) AS days,
      (SELECT count(*) FROM audit_entry WHERE organization_id = ${organizationId}::uuid
        AND at < ${first}::date::timestamp AT TIME ZONE 'UTC')::float8 AS early,
      coalesce(${last}::date, (
        SELECT (min(at) AT TIME ZONE 'UTC')::date - 1 FROM audit_entry
        WHERE organization_id = ${organizationId}::uuid)) < ${newest} IS TRUE AS "isLate"`,
  );
};

async function collect(pages: AsyncIterable<DigestLeaf[]>): Promise<DigestLeaf[]> {
  const leaves: DigestLeaf[] = [];
  for await (const page of pages) leaves.push(...page);
  return leaves;
}

const SweepClaims = z.object({
  jti: z.string(),
  removed: z.object({ kind: z.string(), sha256: z.string() }).array(),
});

/**
 * Loads the ids of the entries whose removal a sweep stated on the ledger. The statement covers the hashes of the sweep's
 * batches, and the hash of a batch covers the id, time and hash of each entry.
 */
async function loadStatedRemovals(ctx: Auditing, report: Report): Promise<ReadonlySet<string>> {
  const { db, organizationId } = ctx;
  const removed = new Set<string>();
  for (const claims of await loadClaims(ctx, "retention.sweep", report)) {
    const { jti, removed: kinds } = SweepClaims.parse(claims);
    const stated = kinds.find(({ kind }) => kind === "audit");
    if (stated === undefined) continue;
    const batches = await db.retentionBatch.findMany({
      where: { organizationId, kind: "audit", sweepId: jti.replace("retention.sweep/", "") },
      select: { ids: true, sha256: true },
      orderBy: { id: "asc" },
    });
    const hashes = Buffer.concat(batches.map(({ sha256 }) => sha256));
    if (hash("sha256", hashes, "hex") !== stated.sha256) continue;
    for (const { ids, sha256 } of batches) {
      // A sweep of an earlier version covers ids alone, which could stand for any entry.
      if (!(await hashRemovedEntries(ctx, ids)).equals(sha256)) continue;
      for (const id of ids) removed.add(id);
    }
  }
  return removed;
}
