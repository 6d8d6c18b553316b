import { sql } from "kysely";
import { loadLaw } from "../../people/jurisdiction/internal.ts";
import {
  type RootContext,
  ServiceError,
  type TransactionContext,
  appendAudit,
  command,
  createId,
  inTransaction,
  query,
  selectRows,
  toStoredActor,
  toTable,
} from "../../platform/internal.ts";
import { ReassignedQueryId } from "@ringfence/core/ids";
import { contactCodes } from "@ringfence/core/calling/call";
import { listBooks, listJurisdictionsThatAskForOwners } from "@ringfence/core/people/jurisdiction";
import { lookUpPlan } from "@ringfence/core/people/phone";
import { z } from "zod";
import { formatRndQuestion } from "@ringfence/core/do-not-call/registry";

/** Countries whose numbers the database knows, and null for toll-free numbers. */
const askableCountries = new Set(["US", "PR", "VI", "GU", "AS", "MP", null]);

/**
 * Creates a query for the Reassigned Numbers Database: all US numbers with a consent, even one that has ended, each
 * with the day of its last consent; and those without one where the law requires the question all the same (Maine),
 * each with the day on which somebody last talked to the person. The day is the earliest in any time zone, so that the
 * answer is `yes` too often rather than too rarely.
 */
export const createReassignedQuery = command({
  name: "createReassignedQuery",
  action: "reassigned.ask",
  transaction: { timeoutMs: 120_000 },
  run: async (ctx): Promise<{ id: ReassignedQueryId; numbers: number }> => {
    const { db, organizationId, now, actor } = ctx;
    const consents = (await loadLastConsents(ctx)).filter(({ phone }) =>
      askableCountries.has(lookUpPlan(Number(phone.slice(1))).country),
    );
    const questions = [...consents, ...(await loadLastContacts(ctx))];
    if (questions.length === 0) {
      throw new ServiceError("conflict", { key: "error.reassigned-nobody" });
    }
    const id = await createId(ctx, ReassignedQueryId);
    const numbers = questions.length;
    await db.reassignedQuery.create({
      data: { organizationId, id, askedAt: now, numbers, actor: toStoredActor(actor) },
    });
    await db.$executeRaw`
        INSERT INTO reassigned_question (organization_id, query_id, phone_id, consent_date)
        SELECT ${organizationId}::uuid, ${id}::uuid, phone_id, day
        FROM ${toTable(questions, { phoneId: "uuid", day: "date" })} AS question`;
    return { id, numbers };
  },
  audit: ({ id: queryId, numbers }) => ({ queryId, numbers }),
});

/** Loads the last consents by the calendar of UTC-12, where a day begins last. */
const loadLastConsents = ({ db, organizationId, now }: TransactionContext) =>
  selectRows(
    { db },
    z.object({ phoneId: z.string(), phone: z.string(), day: z.string() }),
    sql`
    SELECT phone.id AS "phoneId", e164 AS phone,
      to_char(max(at) AT TIME ZONE 'UTC' - interval '12 hours', 'YYYY-MM-DD') AS day
    FROM consent_event JOIN phone ON phone.organization_id = consent_event.organization_id
      AND phone.id = phone_id
    WHERE consent_event.organization_id = ${organizationId}::uuid AND e164 LIKE '+1%'
      AND type IN ('granted', 'renewed') AND at <= ${now}::timestamptz
    GROUP BY phone.id, e164`,
  );

/**
 * Loads the last contacts with numbers that have no consent, in places whose law requires the question all the same: by
 * calls on record in which somebody talked to the person.
 */
async function loadLastContacts({ db, organizationId, now }: TransactionContext) {
  const rows = await selectRows(
    { db },
    LastContact,
    sql`
    SELECT phone.id AS "phoneId", e164 AS phone,
      to_char(max(call.at) AT TIME ZONE 'UTC' - interval '12 hours', 'YYYY-MM-DD') AS day,
      (SELECT array_agg(address_region) FROM contact_phone JOIN contact
        ON contact.organization_id = contact_phone.organization_id AND contact.id = contact_id
        WHERE contact_phone.organization_id = ${organizationId}::uuid
          AND contact_phone.phone_id = phone.id AND address_region IS NOT NULL) AS addresses
    FROM call JOIN phone ON phone.organization_id = call.organization_id
      AND phone.id = call.phone_id
    WHERE call.organization_id = ${organizationId}::uuid AND e164 LIKE '+1%'
      AND call.at <= ${now}::timestamptz
      AND translate(lower(btrim(outcome)), '_-', '  ') = ANY (${[...contactCodes]}::text[])
      AND NOT EXISTS (
        SELECT FROM consent_event WHERE consent_event.organization_id = ${organizationId}::uuid
          AND consent_event.phone_id = phone.id AND type IN ('granted', 'renewed')
          AND at <= ${now}::timestamptz)
    GROUP BY phone.id, e164`,
  );
  const law = await loadLaw({ db, organizationId });
  const asking = listBooks(law).flatMap(listJurisdictionsThatAskForOwners);
  return rows.filter(({ phone, addresses }) => {
    const { country, regions } = lookUpPlan(Number(phone.slice(1)));
    const places = new Set([...regions, ...(addresses ?? [])]);
    return (
      askableCountries.has(country) &&
      // A number without a place may be in any.
      (regions.length === 0 || asking.some((id) => places.has(id)))
    );
  });
}

const LastContact = z.object({
  phoneId: z.string(),
  phone: z.string(),
  day: z.string(),
  addresses: z.array(z.string()).nullable(),
});

/** The Reassigned Numbers Database accepts no larger files. */
export const NUMBERS_PER_FILE = 250_000;
const NUMBERS_PER_PAGE = 10_000;
/** Sorts before every phone's id. */
const BEFORE_ALL = "00000000-0000-0000-0000-000000000000";

/**
 * Exports a file of a query, counted from 1, in the form in which it is uploaded. Erased numbers are left out. A file
 * after the last is empty.
 */
export const exportQueryFile = command({
  name: "exportQueryFile",
  action: "reassigned.ask",
  input: z.object({ queryId: ReassignedQueryId, file: z.int().min(1) }),
  transaction: "by run",
  run: async (ctx, { queryId, file }): Promise<AsyncIterable<string>> => {
    const after = await inTransaction(ctx, async (ctx) => {
      await loadQuery(ctx, queryId);
      await appendAudit(ctx, "reassigned.ask", { queryId, file, exported: true });
      if (file === 1) return BEFORE_ALL;
      return findLastPhoneBefore(ctx, queryId, (file - 1) * NUMBERS_PER_FILE);
    });
    return readPages(ctx, queryId, after);
  },
  // One row, in the transaction that finds the query, before the first page is read.
  audit: "by run",
});

async function* readPages(ctx: RootContext, queryId: ReassignedQueryId, first: string | null) {
  for (let [after, left] = [first, NUMBERS_PER_FILE]; after !== null && left > 0;) {
    const take = Math.min(left, NUMBERS_PER_PAGE);
    const from = after;
    const rows = await inTransaction(ctx, (ctx) => loadPage(ctx, queryId, from, take));
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
  selectRows(
    { db },
    z.object({ phoneId: z.string(), phone: z.string().nullable(), day: z.string() }),
    sql`
    SELECT phone_id AS "phoneId", e164 AS phone, consent_date::text AS day
    FROM reassigned_question AS question
    JOIN phone ON phone.organization_id = question.organization_id AND phone.id = phone_id
    WHERE question.organization_id = ${organizationId}::uuid AND query_id = ${queryId}::uuid
      AND phone_id > ${after}::uuid
    ORDER BY phone_id LIMIT ${take}`,
  );

/** Finds the last phone of the previous files; null if no phones are left. */
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

const QueryRow = z.object({
  id: ReassignedQueryId,
  askedAt: z.date(),
  numbers: z.int(),
  yes: z.int(),
  no: z.int(),
  noData: z.int(),
  /** Time of the last answer; null before the first. */
  answeredAt: z.date().nullable(),
});

/** A query, and the number of its files. */
export type QueryView = z.infer<typeof QueryRow> & { files: number };

/** Lists the queries, latest first. */
export const listReassignedQueries = query({
  name: "listReassignedQueries",
  action: "reassigned.read",
  input: z.object({ after: ReassignedQueryId.optional() }),
  run: async (
    { db, organizationId },
    { after },
  ): Promise<{ queries: readonly QueryView[]; next: ReassignedQueryId | null }> => {
    const rows = await selectRows(
      { db },
      QueryRow,
      sql`
      SELECT id, asked_at AS "askedAt", numbers, counts.*
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
      ) counts
      WHERE organization_id = ${organizationId}::uuid
        AND (${after ?? null}::uuid IS NULL OR id < ${after ?? null}::uuid)
      ORDER BY id DESC LIMIT ${PAGE + 1}`,
    );
    const shown = rows.slice(0, PAGE).map((row) => ({
      ...row,
      files: Math.ceil(row.numbers / NUMBERS_PER_FILE),
    }));
    return { queries: shown, next: rows.length > PAGE ? (shown.at(-1)?.id ?? null) : null };
  },
  audit: "none",
});

/** Loads a query. Throws `not-found` if the organization has no such query. */
export async function loadQuery({ db, organizationId }: TransactionContext, id: ReassignedQueryId) {
  const query = await db.reassignedQuery.findFirst({ where: { organizationId, id } });
  if (query === null) {
    throw new ServiceError("not-found", { key: "error.reassigned-query-not-found" });
  }
  return query;
}
