import { sql } from "kysely";
import {
  ByteStream,
  ServiceError,
  type TransactionContext,
  appendAudit,
  command,
  inTransaction,
  selectRows,
  toStoredActor,
  toTable,
} from "../../platform/internal.ts";
import { z } from "zod";
import { readEntries } from "./read-file.ts";
import { type LineTypeLookup, createLineTypeReader } from "@ringfence/core/do-not-call/registry";

const LineTypeFile = z.strictObject({
  /** The uploader's name for the file. */
  fileName: z.string(),
  content: ByteStream,
});

const STRICTEST_FIRST = ["unknown", "wireless", "voip", "landline"];

/** Counts of lines. `known`: their number belongs to the organization. `others` are not stored. */
export type ImportedLineTypes = { known: number; others: number };

/**
 * Imports line types of numbers: all lines of a file, or none if one cannot be read. Every look-up of the organization's
 * numbers stays on record. A line without a day counts as looked up now. The latest look-up decides; of the same day,
 * the one that permits less.
 */
export const importLineTypes = command({
  name: "importLineTypes",
  action: "reassigned.ask",
  input: LineTypeFile,
  transaction: "by run",
  run: async (ctx, { fileName: file, content }): Promise<ImportedLineTypes> => {
    const lines = await readEntries(content, file, createLineTypeReader(file));
    return inTransaction(
      ctx,
      async (ctx) => {
        await assertNotInFuture(ctx, lines, file);
        const known = await saveLineTypes(ctx, lines);
        const loaded = { known, others: lines.length - known };
        await appendAudit(ctx, "reassigned.ask", { loaded: "line types", ...loaded });
        return loaded;
      },
      { timeoutMs: 120_000 },
    );
  },
  // One row, in the transaction that saves the lines. The file is read before it.
  audit: "by run",
});

/** Asserts that no look-up is in the future: then the columns are wrong, or a clock is. */
async function assertNotInFuture(
  { now }: TransactionContext,
  lines: readonly LineTypeLookup[],
  file: string,
) {
  const index = lines.findIndex(({ day }) => day !== null && new Date(day) > now);
  if (index === -1) return;
  const values = { file, line: index + 1 };
  throw new ServiceError("invalid", { key: "error.line-type-ahead", values }, "/file");
}

async function saveLineTypes(
  { db, organizationId, now, actor }: TransactionContext,
  lines: readonly LineTypeLookup[],
): Promise<number> {
  const rows = lines.map(({ digits, lineType, day }) => ({
    e164: `+${digits}`,
    lineType,
    at: day === null ? now : new Date(day),
  }));
  const table = toTable(rows, { e164: "text", lineType: "text", at: "timestamptz" });
  const [counted] = await selectRows(
    { db },
    z.object({ known: z.int() }),
    sql`
    WITH given AS (
      SELECT phone.id, line.line_type, at, date_trunc('day', at, 'UTC') AS day,
        array_position(${STRICTEST_FIRST}::text[], line.line_type) AS lenience
      FROM ${table} AS line
      JOIN phone ON phone.organization_id = ${organizationId}::uuid AND phone.e164 = line.e164
      ORDER BY phone.id FOR NO KEY UPDATE OF phone
    ), recorded AS (
      INSERT INTO line_lookup (organization_id, phone_id, id, line_type, looked_up_at, recorded_at, actor)
      SELECT ${organizationId}::uuid, given.id, uuid7(), given.line_type, given.at, ${now}::timestamptz,
        ${JSON.stringify(toStoredActor(actor))}::jsonb
      FROM (SELECT DISTINCT id, line_type, at FROM given) AS given
      -- What is on record already is not written again.
      WHERE NOT EXISTS (SELECT FROM line_lookup AS known
        WHERE known.organization_id = ${organizationId}::uuid AND known.phone_id = given.id
          AND known.line_type = given.line_type AND known.looked_up_at = given.at)
    ), latest AS (
      SELECT DISTINCT ON (id) * FROM given ORDER BY id, day DESC, lenience, at DESC
    ), kept AS (
      UPDATE phone
      SET line_type = latest.line_type, line_type_at = greatest(line_type_at, latest.at)
      FROM latest
      WHERE organization_id = ${organizationId}::uuid AND phone.id = latest.id
        AND (line_type_at IS NULL OR date_trunc('day', line_type_at, 'UTC') < latest.day
          OR date_trunc('day', line_type_at, 'UTC') = latest.day
            AND latest.lenience <= array_position(${STRICTEST_FIRST}::text[], phone.line_type))
    )
    SELECT count(*)::int AS known FROM given`,
  );
  return counted?.known ?? 0;
}
