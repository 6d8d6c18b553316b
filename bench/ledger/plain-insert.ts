import { createLeaf } from "@ringfence/core/proof/ledger";
import type { Db } from "@ringfence/db";
import type { NewStatement } from "@ringfence/services/proof/ledger";

/** Creates a plain table for the same rows, with the same two keys. */
export const makePlainTable = ({ pool }: Db) =>
  pool.query(`
    CREATE TABLE IF NOT EXISTS plain_entry (
      entry_id uuid PRIMARY KEY DEFAULT uuid7(),
      organization_id uuid NOT NULL,
      kind text NOT NULL,
      idem_key bytea NOT NULL,
      statement text NOT NULL,
      leaf bytea NOT NULL,
      accepted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      UNIQUE (organization_id, idem_key)
    )`);

/** Inserts a batch with one statement and one commit, on the bare pool, as fast as it goes. */
export const insertPlainly = ({ pool }: Db, statements: readonly NewStatement[]) =>
  pool.query({
    name: "plain",
    text: `
      INSERT INTO plain_entry (organization_id, kind, idem_key, statement, leaf)
      SELECT organization_id, kind, sha256(convert_to(key, 'UTF8')), statement, leaf
      FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::bytea[])
        AS sent (organization_id, kind, key, statement, leaf)`,
    values: [
      statements.map(({ organizationId }) => organizationId),
      statements.map(({ kind }) => kind),
      statements.map(({ idempotencyKey }) => idempotencyKey),
      statements.map(({ statement }) => statement),
      statements.map(({ statement }) => Buffer.from(createLeaf(statement))),
    ],
  });
