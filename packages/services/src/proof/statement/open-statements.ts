import { sql } from "kysely";
import { z } from "zod";
import {
  type Claims,
  type Statement,
  StatementKind,
  readStatement,
  writeStatement,
} from "@ringfence/core/proof/ledger";
import { type TransactionContext, selectRows } from "../../platform/internal.ts";
import { openDisclosures, unwrapKey } from "./subject-vault.ts";

/** A statement with what can still be disclosed of it. */
export type StatementOnRecord = {
  entryId: string;
  kind: StatementKind;
  subjectId: string;
  /** Its number in the chain of its subject, from 1. */
  sequence: number;
  /** Id of the row that it is about, such as an opt-out or a consent event. */
  about: string;
  /** The SD-JWT that people get: `jwt`, and all disclosures that still exist. */
  statement: string;
  jwt: string;
  /** The claims of these disclosures; none if all were erased. */
  claims: Claims;
};

const Row = z.object({
  entryId: z.string(),
  kind: z.string(),
  subjectId: z.string(),
  sequence: z.number(),
  about: z.string(),
  jwt: z.string(),
  wrapped: z.instanceof(Uint8Array).nullable(),
  wrappedBy: z.string().nullable(),
  claims: z.string().array().nullable(),
  sealed: z.instanceof(Uint8Array).array().nullable(),
});
type Row = z.infer<typeof Row>;

type Vault = Pick<TransactionContext, "db" | "keys" | "organizationId">;
type StatementFilter = { about?: readonly string[]; subjects?: readonly string[] };

/**
 * Opens the statements about these rows, or of these subjects: by subject, and those of one subject in the order in
 * which they were made. Throws if one of them cannot be decrypted or read.
 */
export async function openStatements(
  ctx: Vault,
  filter: StatementFilter,
): Promise<StatementOnRecord[]> {
  const rows = await readRows(ctx, filter);
  return Promise.all(
    rows.map(async (row) => {
      const { entryId, kind, subjectId, sequence, about, jwt } = row;
      const { disclosures, claims } = await openRow(ctx, row);
      return {
        entryId,
        kind: StatementKind.parse(kind),
        subjectId,
        sequence,
        about,
        jwt,
        statement: writeStatement(jwt, [...disclosures.values()]),
        claims,
      };
    }),
  );
}

/**
 * A statement as an audit finds it. `claims` is null if they cannot be read. `isWhole`: every signed claim is among them,
 * so that a claim which is missing was never made.
 */
export type FoundStatement = Pick<Row, "kind" | "subjectId" | "sequence" | "about" | "jwt"> & {
  claims: Claims | null;
  isWhole: boolean;
};

/** Opens statements like `openStatements`, but tolerates records that were tampered with. */
export async function findStatements(
  ctx: Vault,
  filter: StatementFilter,
): Promise<FoundStatement[]> {
  const rows = await readRows(ctx, filter);
  return Promise.all(
    rows.map(async (row) => {
      const { kind, subjectId, sequence, about, jwt } = row;
      const opened = await openRow(ctx, row).catch(() => null);
      const isWhole = opened !== null && opened.disclosures.size === opened.payload.digests.length;
      return { kind, subjectId, sequence, about, jwt, claims: opened?.claims ?? null, isWhole };
    }),
  );
}

const readRows = (
  { db, organizationId }: Vault,
  { about = [], subjects = [] }: StatementFilter,
): Promise<Row[]> =>
  selectRows(
    { db },
    Row,
    sql`
    SELECT statement.entry_id AS "entryId", entry.kind, subject_id AS "subjectId", sequence, about,
      entry.statement AS jwt, wrapped_key AS wrapped, wrapping_key_id AS "wrappedBy", claims, sealed
    FROM vault.statement
    JOIN vault.subject USING (organization_id, subject_id)
    JOIN ledger.entry ON entry.organization_id = statement.organization_id
      AND entry.entry_id = statement.entry_id
    CROSS JOIN LATERAL (
      SELECT array_agg(claim ORDER BY claim COLLATE "C") AS claims,
        array_agg(sealed ORDER BY claim COLLATE "C") AS sealed
      FROM vault.disclosure
      WHERE disclosure.organization_id = statement.organization_id
        AND disclosure.entry_id = statement.entry_id
    ) AS disclosed
    WHERE statement.organization_id = ${organizationId}::uuid
      AND (about = ANY (${about}::uuid[]) OR subject_id = ANY (${subjects}::uuid[]))
    ORDER BY subject_id, sequence`,
  );

async function openRow(ctx: Vault, row: Row): Promise<Statement> {
  const { entryId, wrapped, wrappedBy, claims, sealed, jwt } = row;
  const sealedDisclosures = (claims ?? []).flatMap((claim, index) => {
    const bytes = sealed?.[index];
    return bytes ? [{ entryId, claim, sealed: bytes }] : [];
  });
  const opened =
    sealedDisclosures.length === 0
      ? []
      : openDisclosures(
          ctx.organizationId,
          sealedDisclosures,
          await unwrapKey(ctx, { wrapped, wrappedBy }),
        );
  const statement = writeStatement(
    jwt,
    opened.map(({ encoded }) => encoded),
  );
  const read = readStatement(statement);
  if (read.fault) throw new Error(`a statement on record does not hold: ${read.fault.key}`);
  return read.statement;
}

/**
 * Returns the last statement about these rows of one subject, as an SD-JWT with all disclosures that still exist.
 * Throws if there is none.
 */
export async function lastStatement(
  ctx: TransactionContext,
  about: readonly string[],
): Promise<string> {
  const stated = await openStatements(ctx, { about });
  const last = stated.at(-1);
  if (!last) throw new Error("a row on record has no statement");
  return last.statement;
}

/** Returns the last statement about each of these rows, as `lastStatement` does. Rows without one are left out. */
export async function lastStatements(
  ctx: TransactionContext,
  about: readonly string[],
): Promise<Map<string, string>> {
  if (about.length === 0) return new Map();
  const stated = await openStatements(ctx, { about });
  return new Map(stated.map(({ about, statement }) => [about, statement]));
}
