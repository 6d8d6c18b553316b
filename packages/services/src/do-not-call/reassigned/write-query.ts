import { command } from "../../platform/verb.ts";
import { z } from "zod";
import type { ReassignedQueryId } from "@ringfence/core/ids";
import { rndQuestion } from "@ringfence/core/do-not-call/registry";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import {
  inTransaction,
  type RootContext,
  type TransactionContext,
} from "../../platform/context.ts";
import { requireQuery } from "./require-query.ts";

/** More a file the database does not take. */
export const NUMBERS_PER_FILE = 250_000;
const NUMBERS_PER_PAGE = 10_000;
const FIRST = "00000000-0000-0000-0000-000000000000";

/** One file of a query, from 1 on, as it is uploaded there. Numbers that were erased since are left out. */
export const writeQuery = command({
  name: "writeQuery",
  action: "reassigned.ask",
  input: z.custom<{ queryId: ReassignedQueryId; file: number }>(),
  transaction: "by run",
  run: async (ctx, { queryId, file }): Promise<AsyncIterable<string>> => {
    const after = await inTransaction(ctx, async (ctx) => {
      await requireQuery(ctx, queryId);
      await appendAudit(ctx, "reassigned.ask", { queryId, file, exported: true });
      return file === 1 ? FIRST : lastBefore(ctx, queryId, (file - 1) * NUMBERS_PER_FILE);
    });
    return pages(ctx, queryId, after);
  },
  audit: "by run",
});

async function* pages(ctx: RootContext, queryId: ReassignedQueryId, first: string | null) {
  for (let [after, left] = [first, NUMBERS_PER_FILE]; after !== null && left > 0;) {
    const take = Math.min(left, NUMBERS_PER_PAGE);
    const rows = await inTransaction(ctx, (ctx) => readPage(ctx, queryId, after ?? FIRST, take));
    yield rows.flatMap(({ phone, day }) => (phone ? rndQuestion(phone, day) : [])).join("");
    left -= take;
    after = rows.length < take ? null : (rows.at(-1)?.phoneId ?? null);
  }
}

const readPage = (
  { db, organizationId }: TransactionContext,
  queryId: ReassignedQueryId,
  after: string,
  take: number,
) =>
  db.$queryRaw<{ phoneId: string; phone: string | null; day: string }[]>`
    SELECT phone_id AS "phoneId", e164 AS phone, consent_date::text AS day
    FROM reassigned_question AS question
    JOIN phone ON phone.organization_id = question.organization_id AND phone.id = phone_id
    WHERE question.organization_id = ${organizationId}::uuid AND query_id = ${queryId}::uuid
      AND phone_id > ${after}::uuid
    ORDER BY phone_id LIMIT ${take}`;

/** The last phone of the files before; null where there are no more. */
async function lastBefore(
  { db, organizationId }: TransactionContext,
  queryId: ReassignedQueryId,
  count: number,
) {
  const row = await db.reassignedQuestion.findFirst({
    where: { organizationId, queryId },
    orderBy: { phoneId: "asc" },
    skip: count - 1,
    select: { phoneId: true },
  });
  return row?.phoneId ?? null;
}
