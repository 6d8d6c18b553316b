import { type EntryKind, leafOf } from "@ringfence/core/ledger";
import type { Transaction } from "@ringfence/db";

/** Its issuer-signed JWT, compact: without disclosures, and without a `~` at its end. */
export type NewStatement = {
  organizationId: string;
  kind: EntryKind;
  /** By which it is the same one when it is sent again. */
  idempotencyKey: string;
  statement: string;
};

export type AppendedStatement = {
  entryId: string;
  /** The words that stand on record: those of the first, when it was sent again. */
  statement: string;
  isNew: boolean;
  acceptedAt: Date;
};

/**
 * Puts a signed statement on the ledger, in the transaction of what it is about: either both happen or
 * neither does. It has its place in the log within seconds, from the sequencer, so that no writer waits
 * for another.
 */
export async function appendStatement(
  db: Transaction,
  statement: NewStatement,
): Promise<AppendedStatement> {
  const [appended] = await appendStatements(db, [statement]);
  if (!appended) throw new Error("a statement was neither found nor added");
  return appended;
}

type Row = Omit<AppendedStatement, "isNew"> & { place: number };

/** The same for many, in their order; two with one key are one. */
export async function appendStatements(
  db: Transaction,
  statements: readonly NewStatement[],
): Promise<AppendedStatement[]> {
  if (statements.length === 0) return [];
  const organizationIds = statements.map(({ organizationId }) => organizationId);
  const keys = statements.map((one) => `${one.organizationId}/${one.idempotencyKey}`);
  const added = await db.$queryRaw<{ entryId: string }[]>`
    INSERT INTO ledger.entry (organization_id, kind, idem_key, statement, leaf)
    SELECT organization_id, kind, sha256(convert_to(key, 'UTF8')), statement, leaf
    FROM unnest(${organizationIds}::uuid[], ${statements.map(({ kind }) => kind)}::text[],
        ${keys}::text[], ${statements.map(({ statement }) => statement)}::text[],
        ${statements.map(({ statement }) => Uint8Array.from(leafOf(statement)))}::bytea[])
      AS sent (organization_id, kind, key, statement, leaf)
    ON CONFLICT (organization_id, idem_key) DO NOTHING
    RETURNING entry_id AS "entryId"`;
  const isNew = new Set(added.map(({ entryId }) => entryId));
  const rows = await db.$queryRaw<Row[]>`
    SELECT entry_id AS "entryId", statement, accepted_at AS "acceptedAt", place::int
    FROM unnest(${organizationIds}::uuid[], ${keys}::text[])
      WITH ORDINALITY AS sent (organization_id, key, place)
    JOIN ledger.entry ON entry.organization_id = sent.organization_id
      AND idem_key = sha256(convert_to(key, 'UTF8'))
    ORDER BY place`;
  return rows.map(({ place: _, ...row }) => ({ ...row, isNew: isNew.has(row.entryId) }));
}
