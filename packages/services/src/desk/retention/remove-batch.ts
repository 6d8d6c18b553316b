// oxlint-disable-next-line house/no-ambient-input -- the result of hashing depends only on its input
import { hash } from "node:crypto";
import { sql } from "kysely";
import { z } from "zod";
import type { RetentionKind } from "@ringfence/core/desk/retention";
import { ContactId, ImportId, PhoneId, ScrubId } from "@ringfence/core/ids";
import { PersonalClaim, hashLeaf } from "@ringfence/core/proof/ledger";
import {
  type FileContext,
  type FileName,
  type TransactionContext,
  holdLock,
  importFile,
  remarksFile,
  scrubFile,
  scrubResultFile,
  selectRow,
  selectRows,
} from "../../platform/internal.ts";
import { lockPhones } from "../../people/phone/internal.ts";
import { loadScreeningRecords } from "../../proof/ledger/internal.ts";
import { openStatements } from "../../proof/statement/internal.ts";
import { hashEntries, hashRemovedEntries, saveRemovedEntries } from "../audit-log/internal.ts";
import { eraseDisclosures, applyErasure, queueFileErasure } from "../erasure/internal.ts";
import { dueViews } from "./preview.ts";

/**
 * Rows that one transaction removed; of imports and scrubs, their files, and of contacts, their data. `ids` is empty
 * for activities and messages, which have no id of ours. `sha256` covers the ids, or what names such rows (contract
 * 21); of audit entries also their times and hashes, so that an id cannot stand for another entry.
 */
export type RemovedRows = {
  rows: number;
  oldest: Date;
  newest: Date;
  ids: readonly string[];
  sha256: Uint8Array;
};

/** Rows that one transaction looks at, few enough for some seconds; of activities, their contacts. */
const BATCH_SIZE: Readonly<Record<RetentionKind, number>> = {
  complaints: 500,
  calls: 4_096,
  screenings: 4_096,
  evidence: 500,
  activities: 1_000,
  messages: 5_000,
  imports: 200,
  scrubs: 200,
  "sign-ins": 5_000,
  audit: 5_000,
  contacts: 500,
};

/**
 * Rows that a transaction removed (null if none were due), and the cursor from which the next one goes on; `next` is
 * null after the last. Messages have no cursor: theirs is empty while more may be due.
 */
export type Batch = { removed: RemovedRows | null; next: string | null };

/**
 * Looks at the next rows of a kind after a cursor, and removes those that are due under the policy in force. Call it
 * with the lock "retention" held, so that the policy stays in force. No hold can be placed until the transaction ends,
 * and one that was placed before is obeyed. Files of imports and scrubs are only marked: call `eraseUploads` after the
 * commit.
 */
export async function removeBatch(
  ctx: TransactionContext,
  kind: RetentionKind,
  after: string | null,
): Promise<Batch> {
  // In the order in which an erasure takes these locks.
  if (kind === "contacts" || kind === "activities") await holdLock(ctx, "erasure");
  if (kind === "contacts") await holdLock(ctx, "contacts");
  await holdLock(ctx, "legal-holds");
  if (kind === "activities") return removeActivities(ctx, after);
  if (kind === "messages") return removeMessages(ctx);
  const { ids, next } = await listCandidates(ctx, kind, after);
  const due = await selectDue(ctx, kind, ids);
  if (due.length === 0) return { removed: null, next };
  const removedIds = await removers[kind](ctx, due, kind);
  const removed = summarize(due, removedIds);
  if (removed === null || kind !== "audit") return { removed, next };
  return { removed: { ...removed, sha256: await hashRemovedEntries(ctx, removed.ids) }, next };
}

/** Removes rows that are due, and returns the ids of those that it removed. */
type Remove = (
  ctx: TransactionContext,
  due: readonly DueRow[],
  kind: RetentionKind,
) => Promise<readonly string[]>;

const DueRow = z.object({ id: z.string(), at: z.date() });
type DueRow = z.infer<typeof DueRow>;

type PagedKind = Exclude<RetentionKind, "activities" | "messages">;

/** The table of each kind. `isLarge`: it is so large that an index on `at` has to find what is old. */
const tables: Readonly<Record<PagedKind, { table: string; isLarge?: true }>> = {
  complaints: { table: "complaint" },
  calls: { table: "call", isLarge: true },
  screenings: { table: "screening", isLarge: true },
  evidence: { table: "evidence" },
  imports: { table: "import" },
  scrubs: { table: "scrub" },
  "sign-ins": { table: "sign_in" },
  audit: { table: "audit_entry", isLarge: true },
  contacts: { table: "contact" },
};

/**
 * Lists the next rows that may be due: by age and then id in large tables, whose younger rows are not looked at, and by
 * id in others. The views that say what is due are asked only about some ids, because they would read whole tables.
 */
async function listCandidates(
  { db, organizationId }: TransactionContext,
  kind: PagedKind,
  after: string | null,
): Promise<{ ids: string[]; next: string | null }> {
  const { table, isLarge } = tables[kind];
  const size = BATCH_SIZE[kind];
  const [afterId = null, afterAt = null] = after?.split(" ") ?? [];
  const rows = await selectRows(
    { db },
    z.object({ id: z.string(), at: z.string() }),
    isLarge
      ? sql`
        SELECT id, to_json(at) #>> '{}' AS at FROM ${sql.table(table)}
        WHERE organization_id = ${organizationId}::uuid
          AND at < now() - make_interval(days => (
            SELECT days FROM retention_term
            WHERE organization_id = ${organizationId}::uuid AND kind = ${kind} AND place = ''
              AND policy_id = ${policyInForce(organizationId)}))
          AND (${after}::text IS NULL
            OR at >= ${afterAt}::timestamptz AND (at, id) > (${afterAt}::timestamptz, ${afterId}::uuid))
        ORDER BY at, id LIMIT ${size}`
      : sql`
        SELECT id, '' AS at FROM ${sql.table(table)}
        WHERE organization_id = ${organizationId}::uuid
          AND (${afterId}::uuid IS NULL OR id > ${afterId}::uuid)
        ORDER BY id LIMIT ${size}`,
  );
  const last = rows.at(-1);
  const isLast = rows.length < size || last === undefined;
  return { ids: rows.map(({ id }) => id), next: isLast ? null : `${last.id} ${last.at}` };
}

/** Selects those of some rows that are due, the oldest first. */
const selectDue = (
  { db, organizationId }: TransactionContext,
  kind: RetentionKind,
  ids: readonly string[],
) =>
  selectRows(
    { db },
    DueRow,
    sql`
    SELECT id, at FROM ${sql.table(dueViews[kind])} AS due
    WHERE due.organization_id = ${organizationId}::uuid
      AND policy_id = ${policyInForce(organizationId)} AND id = ANY (${[...ids]}::uuid[])
    ORDER BY at, id`,
  );

const policyInForce = (organizationId: string) => sql`(
  SELECT policy_id FROM retention_policy_in_force WHERE organization_id = ${organizationId}::uuid)`;

/** Summarizes removed rows, and hashes their ids. */
function summarize(due: readonly DueRow[], removedIds: readonly string[]): RemovedRows | null {
  const removed = new Set(removedIds);
  const rows = due.filter(({ id }) => removed.has(id));
  const [first] = rows;
  if (first === undefined) return null;
  const times = rows.map(({ at }) => at.getTime());
  const ids = rows.map(({ id }) => id).toSorted();
  return {
    rows: rows.length,
    oldest: new Date(times.reduce((a, b) => Math.min(a, b))),
    newest: new Date(times.reduce((a, b) => Math.max(a, b))),
    ids,
    sha256: hashIds(ids),
  };
}

/** SHA-256 of ids, sorted, one a line. */
const hashIds = (ids: readonly string[]): Uint8Array => hash("sha256", ids.join("\n"), "buffer");

/** Removes rows that are append-only. The door to them is a function of the database, which removes only what is due. */
const removeThroughDoor: Remove = async (ctx, due, kind) => {
  const ids = due.map(({ id }) => id);
  const hashes = kind === "screenings" ? await hashScreenings(ctx, ids) : [];
  const { removed } = await selectRow(
    ctx,
    z.object({ removed: z.string().array() }),
    sql`SELECT scope.remove_expired(${kind}, ${ids}::uuid[], ${hashes}::bytea[]) AS removed`,
  );
  return removed;
};

/** Removes entries of the audit trail. Their hashes stay, because the digests of their days need them. */
const removeAuditEntries: Remove = async (ctx, due, kind) => {
  const leaves = await hashEntries(
    ctx,
    due.map(({ id }) => id),
  );
  const removed = new Set(await removeThroughDoor(ctx, due, kind));
  await saveRemovedEntries(
    ctx,
    leaves.filter(({ id }) => removed.has(id)),
  );
  return [...removed];
};

/** Hashes screenings as the ledger committed to them. The proofs of others in their batch need these hashes. */
async function hashScreenings({ db, organizationId }: TransactionContext, ids: string[]) {
  const records = await loadScreeningRecords(db, organizationId, ids);
  return records.map((record) => Buffer.from(hashLeaf(Buffer.from(record))));
}

/** Claims of a consent's statement that are evidence. What was agreed to, when and by which number stays. */
const evidenceClaims = PersonalClaim.extract([
  "ip",
  "user_agent",
  "url",
  "signature",
  "recording",
  "scan",
  "evidence",
]).options;

const toPhoneIds = (rows: readonly { phoneId: string }[]) => [
  ...new Set(rows.map(({ phoneId }) => PhoneId.parse(phoneId))),
];

/** Removes evidence with its claims in statements. The job of erasures then deletes recordings and scans. */
const removeEvidence: Remove = async (ctx, found, kind) => {
  const { db, organizationId } = ctx;
  const toEvents = async (rows: readonly DueRow[]) =>
    (
      await db.evidence.findMany({
        where: { organizationId, id: { in: rows.map(({ id }) => id) } },
        select: { consentEvent: { select: { id: true, phoneId: true } } },
      })
    ).map(({ consentEvent }) => consentEvent);
  await lockPhones(ctx, toPhoneIds(await toEvents(found)));
  // A consent may have been renewed while the lock was awaited.
  const due = await selectDue(
    ctx,
    kind,
    found.map(({ id }) => id),
  );
  const events = await toEvents(due);
  const statements = await openStatements(ctx, { about: events.map(({ id }) => id) });
  const entryIds = statements.map(({ entryId }) => entryId);
  await eraseDisclosures(ctx, toPhoneIds(events), evidenceClaims, entryIds);
  const ids = due.map(({ id }) => id);
  await db.evidence.deleteMany({ where: { organizationId, id: { in: ids } } });
  await queueFileErasure(ctx);
  return ids;
};

const RemovedActivities = z.object({
  rows: z.int(),
  oldest: z.date().nullable(),
  newest: z.date().nullable(),
  sha256: z.instanceof(Uint8Array),
  isLast: z.boolean(),
});

/** Removes the activities of the next contacts. */
async function removeActivities(ctx: TransactionContext, after: string | null): Promise<Batch> {
  const first = Number(after ?? 0) + 1;
  const last = first + BATCH_SIZE.activities - 1;
  const { rows, oldest, newest, sha256, isLast } = await selectRow(
    ctx,
    RemovedActivities,
    sql`
    SELECT removed AS rows, oldest, newest, sha256, NOT EXISTS (
        SELECT FROM contact
        WHERE organization_id = ${ctx.organizationId}::uuid AND ordinal > ${last}) AS "isLast"
    FROM scope.remove_expired_activities(${first}, ${last})`,
  );
  const isEmpty = oldest === null || newest === null;
  return {
    removed: isEmpty ? null : { rows, oldest, newest, ids: [], sha256 },
    next: isLast ? null : String(last),
  };
}

/** Removes the ids of received messages, which are a provider's and not ours. */
async function removeMessages({ db, organizationId }: TransactionContext): Promise<Batch> {
  const removed = await selectRows(
    { db },
    DueRow,
    sql`
    DELETE FROM inbound_message AS message USING (
      SELECT provider, external_id FROM due_message
      WHERE organization_id = ${organizationId}::uuid AND policy_id = ${policyInForce(organizationId)}
      LIMIT ${BATCH_SIZE.messages}) AS due
    WHERE message.organization_id = ${organizationId}::uuid
      AND message.provider = due.provider AND message.external_id = due.external_id
    RETURNING message.provider || ' ' || message.external_id AS id, received_at AS at`,
  );
  const summary = summarize(
    removed,
    removed.map(({ id }) => id),
  );
  const isLast = removed.length < BATCH_SIZE.messages;
  return { removed: summary && { ...summary, ids: [] }, next: isLast ? null : "" };
}

const removeSignIns: Remove = async ({ db, organizationId }, due) => {
  const ids = due.map(({ id }) => id);
  await db.signIn.deleteMany({ where: { organizationId, id: { in: ids } } });
  return ids;
};

/**
 * Marks the files of uploads as removed, and gives them names that tell nothing; `eraseUploads` deletes them once that
 * is committed. The record of the upload stays.
 */
const removeUploads: Remove = async ({ db, organizationId, now }, due, kind) => {
  const ids = due.map(({ id }) => id);
  await sql`
    UPDATE ${sql.table(kind === "imports" ? "import" : "scrub")}
    SET files_removed_at = ${now}, file_name = id || '.csv'
    WHERE organization_id = ${organizationId}::uuid AND id = ANY (${ids}::uuid[])`.execute(
    db.$kysely,
  );
  return ids;
};

/** Erases contacts of whom nothing else is on record, each with a statement of its own. */
const removeContacts: Remove = async (ctx, found, kind) => {
  const ids = found.map(({ id }) => id);
  const { db, organizationId } = ctx;
  const phones = await db.contactPhone.findMany({
    where: { organizationId, contactId: { in: ids } },
    select: { phoneId: true },
  });
  await lockPhones(ctx, toPhoneIds(phones));
  // Something may have been recorded about a phone while the lock was awaited.
  const due = await selectDue(ctx, kind, ids);
  for (const { id } of due) {
    await applyErasure(ctx, { person: { contactId: ContactId.parse(id) }, reason: "retention" });
  }
  return due.map(({ id }) => id);
};

const removers: Readonly<Record<PagedKind, Remove>> = {
  complaints: removeThroughDoor,
  calls: removeThroughDoor,
  screenings: removeThroughDoor,
  audit: removeAuditEntries,
  evidence: removeEvidence,
  imports: removeUploads,
  scrubs: removeUploads,
  "sign-ins": removeSignIns,
  contacts: removeContacts,
};

/**
 * Deletes the files of imports or scrubs that `removeBatch` marked; does nothing for other kinds. May be repeated. A
 * file that a killed process leaves is deleted later (`eraseOrphanedFiles`).
 */
export async function eraseUploads(
  { files, organizationId, db }: FileContext,
  kind: RetentionKind,
  ids: readonly string[],
) {
  if (kind !== "imports" && kind !== "scrubs") return;
  const runs = await db.prisma.run.groupBy({
    by: ["subjectId"],
    where: { organizationId, subjectId: { in: [...ids] } },
    _max: { attempt: true },
  });
  const attempts = new Map(runs.map(({ subjectId, _max }) => [subjectId, _max.attempt ?? 0]));
  for (const id of ids) {
    for (const name of listFiles(id, attempts.get(id) ?? 0)) await files.erase(name);
  }

  function listFiles(id: string, attemptCount: number): FileName[] {
    const numbers = Array.from({ length: attemptCount }, (_, index) => index + 1);
    if (kind === "imports") {
      const importId = ImportId.parse(id);
      const remarks = numbers.map((attempt) => remarksFile(organizationId, importId, attempt));
      return [importFile(organizationId, importId), ...remarks];
    }
    const scrubId = ScrubId.parse(id);
    const results = numbers.map((attempt) => scrubResultFile(organizationId, scrubId, attempt));
    return [scrubFile(organizationId, scrubId), ...results];
  }
}
