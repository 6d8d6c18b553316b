import { command, query } from "../../platform/verb.ts";
import { ReassignedQueryId } from "@ringfence/core/ids";
import { lookUpPlan } from "@ringfence/core/people/phone";
import { actorOnRecord } from "../../platform/access/actor-on-record.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import {
  type RootContext,
  type TransactionContext,
  inTransaction,
} from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { freshIds } from "../../platform/fresh-ids.ts";
import { z } from "zod";
import { formatRndQuestion } from "@ringfence/core/do-not-call/registry";

/** The states and territories whose numbers the database knows, and those of no place (toll-free). */
const askableCountries = new Set(["US", "PR", "VI", "GU", "AS", "MP", null]);

/**
 * Writes down about which numbers a database of reassigned numbers is to be asked, and since when: all
 * of the United States of which there is a consent, since the day of the last. Where it was a day earlier
 * at that instant, it is asked since that: it says `yes` too often rather than not.
 */
export const createReassignedQuery = command({
  name: "createReassignedQuery",
  action: "reassigned.ask",
  transaction: { timeoutMs: 120_000 },
  run: async (ctx): Promise<{ id: ReassignedQueryId; numbers: number }> => {
    const { db, organizationId, now, actor } = ctx;
    const questions = (await loadLastConsents(ctx)).filter(({ phone }) =>
      askableCountries.has(lookUpPlan(Number(phone.slice(1))).country),
    );
    if (questions.length === 0) {
      throw new ServiceError("conflict", { key: "error.reassigned-nobody" });
    }
    const [id] = await freshIds<ReassignedQueryId>(ctx, 1);
    if (!id) throw new Error("a query got no id");
    const numbers = questions.length;
    await db.reassignedQuery.create({
      data: { organizationId, id, askedAt: now, numbers, actor: actorOnRecord(actor) },
    });
    await db.$executeRaw`
        INSERT INTO reassigned_question (organization_id, query_id, phone_id, consent_date)
        SELECT ${organizationId}::uuid, ${id}::uuid, phone_id, day
        FROM unnest(${questions.map(({ phoneId }) => phoneId)}::uuid[],
          ${questions.map(({ day }) => day)}::date[]) AS question (phone_id, day)`;
    await appendAudit(ctx, "reassigned.ask", { queryId: id, numbers });
    return { id, numbers };
  },
  audit: "by run",
});

/** By the calendar of UTC-12, where a day is the last to begin. */
const loadLastConsents = ({ db, organizationId, now }: TransactionContext) =>
  db.$queryRaw<{ phoneId: string; phone: string; day: string }[]>`
    SELECT phone.id AS "phoneId", e164 AS phone,
      to_char(max(at) AT TIME ZONE 'UTC' - interval '12 hours', 'YYYY-MM-DD') AS day
    FROM consent_event JOIN phone ON phone.organization_id = consent_event.organization_id
      AND phone.id = phone_id
    WHERE consent_event.organization_id = ${organizationId}::uuid AND e164 LIKE '+1%'
      AND type IN ('granted', 'renewed') AND at <= ${now}::timestamptz
    GROUP BY phone.id, e164`;

/** More a file the database does not take. */
export const NUMBERS_PER_FILE = 250_000;
const NUMBERS_PER_PAGE = 10_000;
const FIRST = "00000000-0000-0000-0000-000000000000";

/** One file of a query, from 1 on, as it is uploaded there. Numbers that were erased since are left out. */
export const exportQueryFile = command({
  name: "exportQueryFile",
  action: "reassigned.ask",
  input: z.custom<{ queryId: ReassignedQueryId; file: number }>(),
  transaction: "by run",
  run: async (ctx, { queryId, file }): Promise<AsyncIterable<string>> => {
    const after = await inTransaction(ctx, async (ctx) => {
      await loadQuery(ctx, queryId);
      await appendAudit(ctx, "reassigned.ask", { queryId, file, exported: true });
      return file === 1 ? FIRST : findLastPhoneBefore(ctx, queryId, (file - 1) * NUMBERS_PER_FILE);
    });
    return readPages(ctx, queryId, after);
  },
  audit: "by run",
});

async function* readPages(ctx: RootContext, queryId: ReassignedQueryId, first: string | null) {
  for (let [after, left] = [first, NUMBERS_PER_FILE]; after !== null && left > 0;) {
    const take = Math.min(left, NUMBERS_PER_PAGE);
    const rows = await inTransaction(ctx, (ctx) => loadPage(ctx, queryId, after ?? FIRST, take));
    yield rows.flatMap(({ phone, day }) => (phone ? formatRndQuestion(phone, day) : [])).join("");
    left -= take;
    after = rows.length < take ? null : (rows.at(-1)?.phoneId ?? null);
  }
}

const loadPage = (
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
async function findLastPhoneBefore(
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

const PAGE = 20;

export type QueryView = {
  id: ReassignedQueryId;
  askedAt: Date;
  numbers: number;
  /** Into how many files it is divided. */
  files: number;
  yes: number;
  no: number;
  noData: number;
  /** When the last answer came; null before the first. */
  answeredAt: Date | null;
};

/** The queries that were made, the latest first. */
export const listReassignedQueries = query({
  name: "listReassignedQueries",
  action: "reassigned.read",
  input: z.custom<{ after?: ReassignedQueryId | undefined }>(),
  run: async (
    { db, organizationId },
    { after },
  ): Promise<{ queries: readonly QueryView[]; next: ReassignedQueryId | null }> => {
    const rows = await db.$queryRaw<(Omit<QueryView, "id" | "files"> & { id: string })[]>`
      SELECT id, asked_at AS "askedAt", numbers, told.*
      FROM reassigned_query AS query CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE answer = 'yes')::int AS yes,
          count(*) FILTER (WHERE answer = 'no')::int AS no,
          count(*) FILTER (WHERE answer = 'no_data')::int AS "noData",
          max(recorded_at) AS "answeredAt"
        FROM (
          SELECT DISTINCT ON (phone_id) answer, recorded_at FROM reassigned_answer
          WHERE organization_id = query.organization_id AND query_id = query.id
          ORDER BY phone_id, recorded_at DESC, id DESC
        ) last
      ) told
      WHERE organization_id = ${organizationId}::uuid
        AND (${after ?? null}::uuid IS NULL OR id < ${after ?? null}::uuid)
      ORDER BY id DESC LIMIT ${PAGE + 1}`;
    const shown = rows.slice(0, PAGE).map(({ id, ...row }) => ({
      ...row,
      id: ReassignedQueryId.parse(id),
      files: Math.ceil(row.numbers / NUMBERS_PER_FILE),
    }));
    return { queries: shown, next: rows.length > PAGE ? (shown.at(-1)?.id ?? null) : null };
  },
  audit: "by run",
});

export async function loadQuery({ db, organizationId }: TransactionContext, id: ReassignedQueryId) {
  const query = await db.reassignedQuery.findFirst({ where: { organizationId, id } });
  if (query === null) {
    throw new ServiceError("not-found", { key: "error.reassigned-query-not-found" });
  }
  return query;
}
