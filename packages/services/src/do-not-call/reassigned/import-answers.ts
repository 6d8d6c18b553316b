import { z } from "zod";
import { sql } from "kysely";
import { ReassignedQueryId } from "@ringfence/core/ids";
import { Phone } from "@ringfence/core/people/phone";
import { type RndAnswer, createReassignedAnswerReader } from "@ringfence/core/do-not-call/registry";
import {
  ByteStream,
  ServiceError,
  type TransactionContext,
  appendAudit,
  command,
  inTransaction,
  selectRows,
  toTable,
} from "../../platform/internal.ts";
import { findErasedPhones } from "../../people/phone/internal.ts";
import { loadQuery } from "./query.ts";
import { readEntries } from "./read-file.ts";

const AnswerFile = z.strictObject({
  queryId: ReassignedQueryId,
  /** The uploader's name for the file. */
  fileName: z.string(),
  content: ByteStream,
});

const AnswerCounts = z.object({ yes: z.int(), no: z.int(), noData: z.int() });

/** Counts of new answers. */
export type ImportedAnswers = z.infer<typeof AnswerCounts> & { id: ReassignedQueryId };

/**
 * Imports the answers of the Reassigned Numbers Database to a query: all lines of a file, or none if a line cannot be
 * read or was not asked about, or if a later query has answers. Safe to repeat: only answers that differ are saved.
 */
export const importReassignedAnswers = command({
  name: "importReassignedAnswers",
  action: "reassigned.ask",
  input: AnswerFile,
  transaction: "by run",
  run: async (ctx, { queryId, fileName: file, content }) => {
    const { numbers } = await inTransaction(ctx, (ctx) => loadQuery(ctx, queryId));
    const reader = createReassignedAnswerReader(file, numbers);
    const answers = await readEntries(content, file, reader);
    if (answers.length > numbers) {
      const values = { file };
      throw new ServiceError("invalid", { key: "error.reassigned-more", values }, "/file");
    }
    return inTransaction(ctx, (ctx) => importAnswers(ctx, { queryId, file, answers }), {
      timeoutMs: 120_000,
    });
  },
  // One row, in the transaction that saves the answers. The file is read before it.
  audit: "by run",
});

type ReadAnswers = { queryId: ReassignedQueryId; file: string; answers: readonly RndAnswer[] };

/** Imports the answers of a file that was read, and writes the audit row. */
export async function importAnswers(
  ctx: TransactionContext,
  { queryId, file, answers }: ReadAnswers,
): Promise<ImportedAnswers> {
  const lockedCtx = await lockQuery(ctx, queryId);
  await assertAllAsked(ctx, queryId, answers, file);
  const loaded = await saveAnswers(lockedCtx, queryId, answers);
  await appendAudit(ctx, "reassigned.ask", { queryId, lines: answers.length, ...loaded });
  return { id: queryId, ...loaded };
}

/**
 * Locks the organization's queries, and refuses answers to a query if a later one has answers. Returns the context
 * with the time after the wait, so that of two concurrent files the second one corrects the first.
 */
async function lockQuery(
  ctx: TransactionContext,
  queryId: ReassignedQueryId,
): Promise<TransactionContext> {
  const { db, organizationId } = ctx;
  const [locked] = await selectRows(
    { db },
    z.object({ now: z.date() }),
    sql`
    WITH locked AS (
      SELECT id FROM organization WHERE id = ${organizationId}::uuid FOR NO KEY UPDATE
    )
    SELECT clock_timestamp() AS now, count(*)::int AS organizations FROM locked`,
  );
  if (!locked) throw new Error("an organization was not locked");
  const later = await selectRows(
    { db },
    z.object({ id: z.string() }),
    sql`
    SELECT later.id FROM reassigned_query AS asked, reassigned_query AS later
    WHERE asked.organization_id = ${organizationId}::uuid AND asked.id = ${queryId}::uuid
      AND later.organization_id = asked.organization_id AND later.asked_at > asked.asked_at
      AND EXISTS (SELECT FROM reassigned_answer AS answer
        WHERE answer.organization_id = later.organization_id AND query_id = later.id)
    LIMIT 1`,
  );
  if (later.length > 0) throw new ServiceError("conflict", { key: "error.reassigned-superseded" });
  return { ...ctx, now: locked.now };
}

const toRows = (answers: readonly RndAnswer[]) =>
  answers.map(({ digits, day, answer }) => ({ e164: `+${digits}`, day, answer }));

/** Asserts that every answer was asked for. Answers about erased numbers are ignored. */
async function assertAllAsked(
  ctx: TransactionContext,
  queryId: ReassignedQueryId,
  answers: readonly RndAnswer[],
  file: string,
) {
  const { db, organizationId } = ctx;
  const given = toRows(answers);
  const others = await selectRows(
    { db },
    z.object({ e164: Phone, line: z.int() }),
    sql`
    SELECT given.e164, index + 1 AS line
    FROM ${toTable(given, { e164: "text", day: "date" })} AS given
    WHERE NOT EXISTS (
      SELECT FROM phone JOIN reassigned_question AS question
        ON question.organization_id = phone.organization_id AND phone_id = phone.id
      WHERE phone.organization_id = ${organizationId}::uuid AND phone.e164 = given.e164
        AND query_id = ${queryId}::uuid AND consent_date = given.day)
    ORDER BY line`,
  );
  if (others.length === 0) return;
  const erased = await findErasedPhones(
    ctx,
    others.map(({ e164 }) => e164),
  );
  const notAsked = others.find(({ e164 }) => !erased.has(e164));
  if (notAsked) {
    const values = { file, line: notAsked.line };
    throw new ServiceError("invalid", { key: "error.reassigned-others", values }, "/file");
  }
}

/** Saves the answers that differ from the last saved one of their number in this query, and counts them. */
async function saveAnswers(
  { db, organizationId, now }: TransactionContext,
  queryId: ReassignedQueryId,
  answers: readonly RndAnswer[],
) {
  const given = toRows(answers);
  const [counts] = await selectRows(
    { db },
    AnswerCounts,
    sql`
    WITH kept AS (
      INSERT INTO reassigned_answer (organization_id, phone_id, id, query_id, answer, consent_date,
        asked_at, recorded_at)
      SELECT query.organization_id, phone.id, uuid7(), query.id, given.answer, given.day, asked_at,
        ${now}::timestamptz
      FROM ${toTable(given, { e164: "text", day: "date", answer: "text" })} AS given
      JOIN phone ON phone.organization_id = ${organizationId}::uuid AND phone.e164 = given.e164
      JOIN reassigned_query AS query ON query.organization_id = phone.organization_id
        AND query.id = ${queryId}::uuid
      WHERE given.answer IS DISTINCT FROM (
        SELECT known.answer FROM reassigned_answer AS known
        WHERE known.organization_id = phone.organization_id AND known.phone_id = phone.id
          AND known.query_id = query.id
        ORDER BY recorded_at DESC, known.id DESC LIMIT 1)
      RETURNING answer
    )
    SELECT count(*) FILTER (WHERE answer = 'yes')::int AS yes,
      count(*) FILTER (WHERE answer = 'no')::int AS no,
      count(*) FILTER (WHERE answer = 'no_data')::int AS "noData"
    FROM kept`,
  );
  if (!counts) throw new Error("the answers were not counted");
  return counts;
}
