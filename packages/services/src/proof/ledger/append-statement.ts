import { sql } from "kysely";
import { z } from "zod";
import { type EntryKind, PLAIN_STATEMENT_TYPE, createLeaf } from "@ringfence/core/proof/ledger";
import type { Transaction } from "@ringfence/db";
import {
  type Keys,
  type TransactionContext,
  signJws,
  selectRow,
  selectRows,
  toTable,
} from "../../platform/internal.ts";

/** A statement as an issuer-signed JWT in compact form, without disclosures and without a trailing `~`. */
export type NewStatement = {
  organizationId: string;
  kind: EntryKind;
  /** Identifies the statement when it is sent again. */
  idempotencyKey: string;
  statement: string;
};

export type AppendedStatement = {
  /** Id of its entry in the ledger, which `readProof` takes. */
  entryId: string;
  /** The recorded text: that of the first one if the statement was sent again. */
  statement: string;
  /** False if the statement was sent again. */
  isNew: boolean;
  acceptedAt: Date;
};

/**
 * Appends a signed statement to the ledger, in the transaction of the event that it states: both are committed
 * or neither. The sequencer gives it a position in the log within seconds, so that no writer waits for another.
 */
export async function appendStatement(
  db: Transaction,
  statement: NewStatement,
): Promise<AppendedStatement> {
  const [appended] = await appendStatements(db, [statement]);
  if (!appended) throw new Error("a statement was neither found nor added");
  return appended;
}

/**
 * Appends many statements, as `appendStatement` does, and returns them in order. Of two with the same organization and
 * key, only the first counts: both get its entry.
 */
export async function appendStatements(
  db: Transaction,
  statements: readonly NewStatement[],
): Promise<AppendedStatement[]> {
  if (statements.length === 0) return [];
  const added = await insertNew(db, statements);
  const again = statements.flatMap((_, index) => (added.has(index) ? [] : [index]));
  const found = again.length === 0 ? [] : await findExisting(db, again, statements);
  const appended = new Map([...added, ...found.map((row) => [row.index, row] as const)]);
  return statements.map((_, index) => {
    const one = appended.get(index);
    if (!one) throw new Error("a statement was neither found nor added");
    const { entryId, statement, isNew, acceptedAt } = one;
    return { entryId, statement, isNew, acceptedAt };
  });
}

/** True if a statement with this key is on the ledger. */
export async function isStated(
  db: Transaction,
  organizationId: string,
  idempotencyKey: string,
): Promise<boolean> {
  const key = `${organizationId}/${idempotencyKey}`;
  const found = await selectRow(
    { db },
    z.object({ any: z.boolean() }),
    sql`
    SELECT EXISTS (
      SELECT FROM ledger.entry WHERE organization_id = ${organizationId}::uuid
        AND idem_key = sha256(convert_to(${key}, 'UTF8'))) AS any`,
  );
  return found.any;
}

/**
 * Finds the entries of plain statements (`recordStatement`) of a kind by their subjects, in their order. A subject
 * without a statement is left out.
 */
export async function findPlainEntries(
  { db, organizationId }: Pick<TransactionContext, "db" | "organizationId">,
  kind: EntryKind,
  subjects: readonly string[],
): Promise<{ subject: string; entryId: string }[]> {
  const keys = subjects.map((subject) => ({
    subject,
    key: `${organizationId}/${kind}/${subject}`,
  }));
  return selectRows(
    { db },
    z.object({ subject: z.string(), entryId: z.string() }),
    sql`
    SELECT subject, entry_id AS "entryId" FROM ${toTable(keys, { subject: "text", key: "text" })} AS sent
    JOIN ledger.entry ON organization_id = ${organizationId}::uuid
      AND idem_key = sha256(convert_to(key, 'UTF8'))
    ORDER BY index`,
  );
}

const idempotencyText = ({ organizationId, idempotencyKey }: NewStatement) =>
  `${organizationId}/${idempotencyKey}`;

const EntryRow = z.object({ index: z.number(), entryId: z.string(), acceptedAt: z.date() });

/** Inserts statements that are not on the ledger yet, by their index. */
async function insertNew(
  db: Transaction,
  statements: readonly NewStatement[],
): Promise<Map<number, AppendedStatement>> {
  const sent = statements.map((it) => ({
    ...it,
    key: idempotencyText(it),
    leaf: createLeaf(it.statement),
  }));
  const table = toTable(sent, {
    organizationId: "uuid",
    kind: "text",
    key: "text",
    statement: "text",
    leaf: "bytea",
  });
  const rows = await selectRows(
    { db },
    EntryRow,
    sql`
    WITH sent AS MATERIALIZED (
      SELECT organization_id, kind, sha256(convert_to(key, 'UTF8')) AS idem_key, statement, leaf, index
      FROM ${table} AS sent
    ), first AS (
      SELECT DISTINCT ON (organization_id, idem_key) * FROM sent
      ORDER BY organization_id, idem_key, index
    ), added AS (
      INSERT INTO ledger.entry (organization_id, kind, idem_key, statement, leaf)
      SELECT organization_id, kind, idem_key, statement, leaf FROM first ORDER BY index
      ON CONFLICT (organization_id, idem_key) DO NOTHING
      RETURNING organization_id, idem_key, entry_id, accepted_at
    )
    SELECT index, entry_id AS "entryId", accepted_at AS "acceptedAt"
    FROM first JOIN added USING (organization_id, idem_key)`,
  );
  return new Map(
    rows.map(({ index, ...row }) => {
      const statement = statements[index]?.statement ?? "";
      return [index, { ...row, statement, isNew: true }];
    }),
  );
}

async function findExisting(
  db: Transaction,
  indexes: readonly number[],
  statements: readonly NewStatement[],
): Promise<(AppendedStatement & { index: number })[]> {
  const sent = indexes.flatMap((position) => {
    const statement = statements[position];
    if (statement === undefined) return [];
    const { organizationId } = statement;
    return { position, organizationId, key: idempotencyText(statement) };
  });
  const table = toTable(sent, { position: "int", organizationId: "uuid", key: "text" });
  const rows = await selectRows(
    { db },
    EntryRow.extend({ statement: z.string() }),
    sql`
    SELECT position AS index, entry_id AS "entryId", statement, accepted_at AS "acceptedAt"
    FROM ${table} AS sent
    JOIN ledger.entry ON entry.organization_id = sent.organization_id
      AND idem_key = sha256(convert_to(key, 'UTF8'))`,
  );
  return rows.map((row) => ({ ...row, isNew: false }));
}

/** Organization id of entries that belong to none: key rotations and rule changes. */
export const INSTALLATION_ID = "00000000-0000-0000-0000-000000000000";

/** A statement without personal data, because it can never be erased. */
type PlainStatement = {
  organizationId: string;
  kind: EntryKind;
  /** Its subject. Each kind is stated once per subject. */
  subject: string;
  at: Date;
  claims: Readonly<Record<string, StatedValue>>;
};

type StatedValue =
  | string
  | number
  | null
  | readonly Readonly<Record<string, string | number | null>>[];

/**
 * Signs a statement that concerns no person, as a plain JWS, and appends it to the ledger. If this kind was stated
 * about the subject before, returns that statement, which stays as it is.
 */
export function recordStatement(
  { db, keys }: { db: Transaction; keys: Pick<Keys, "statement"> },
  { organizationId, kind, subject, at, claims }: PlainStatement,
): Promise<AppendedStatement> {
  const statement = signJws(keys.statement, PLAIN_STATEMENT_TYPE, {
    iss: `ringfence:${organizationId}`,
    jti: `${kind}/${subject}`,
    iat: Math.floor(at.getTime() / 1_000),
    kind,
    ...claims,
  });
  return appendStatement(db, {
    organizationId,
    kind,
    idempotencyKey: `${kind}/${subject}`,
    statement,
  });
}
