import { z } from "zod";
import { loadLaw } from "../../people/jurisdiction/internal.ts";
import { PhoneId, RegistryAskId, RegistryId } from "@ringfence/core/ids";
import {
  RecordAnswers,
  RecordBalance,
  RegistrySource,
  computeAnswerAges,
  askedServices,
  isAnsweredSource,
  isAskedSource,
  computeMonthlyBudget,
} from "@ringfence/core/do-not-call/registry";
import { sql } from "kysely";
import {
  ServiceError,
  type TransactionContext,
  command,
  selectRows,
  toTable,
} from "../../platform/internal.ts";
import { lockRegistry } from "./registry.ts";
import { listBooks, resolveAgeLimit } from "@ringfence/core/people/jurisdiction";

/** Numbers to ask about in one request. `digits` are E.164 without the plus. */
export type RegistryAsk = { id: RegistryAskId; phones: NumberToAsk[] };

const NumberToAsk = z.object({ id: PhoneId, digits: z.string() });
type NumberToAsk = z.infer<typeof NumberToAsk>;

export type AskStart =
  /** `again`: an earlier request whose result is unknown. It may have arrived, and been paid for. */
  | { outcome: "ask" | "again"; ask: RegistryAsk }
  | { outcome: "nothing" }
  /** The month's budget is used up, and `waiting` numbers have no current answer. */
  | { outcome: "budget"; budget: number; waiting: number };

/**
 * Starts the next request to a registry that is asked number by number: first an unanswered earlier one, then
 * contacts' numbers without an answer or with one that soon expires. So at most one request is open. Its numbers count
 * against the month's budget from now on, so that it holds with any number of workers, and if they are killed.
 */
export const startAsk = command({
  name: "startAsk",
  action: "registry.apply",
  input: RegistryId,
  transaction: { timeoutMs: 60_000 },
  run: async (ctx, registryId): Promise<AskStart> => {
    const { db, organizationId, now } = ctx;
    const { source, batch, pattern, renewalDays } = await lockAskedRegistry(ctx, registryId);
    const filter = { pattern, renewalDays };
    const open = await db.registryAsk.findFirst({
      where: { organizationId, registryId, status: "asked" },
      orderBy: { id: "asc" },
    });
    if (open) {
      const ask = {
        id: RegistryAskId.parse(open.id),
        phones: await loadPhones(ctx, open.phoneIds),
      };
      return { outcome: "again", ask };
    }
    const budget = computeMonthlyBudget(source);
    const numbers = await countMonthlyNumbers(ctx, [registryId]);
    const left = budget - (numbers.get(registryId) ?? 0);
    if (left <= 0) {
      const waiting = await countWaiting(ctx, registryId, filter);
      return waiting === 0 ? { outcome: "nothing" } : { outcome: "budget", budget, waiting };
    }
    const phones = await loadNextWaiting(ctx, registryId, {
      ...filter,
      count: Math.min(batch, left),
    });
    if (phones.length === 0) return { outcome: "nothing" };
    const phoneIds = phones.map(({ id }) => id);
    const row = { organizationId, registryId, phoneIds, status: "asked", askedAt: now };
    const { id } = await db.registryAsk.create({ data: row });
    return { outcome: "ask", ask: { id: RegistryAskId.parse(id), phones } };
  },
  audit: "none",
});

/** Which numbers the registry knows, and after how many days an answer is renewed. */
type WaitingFilter = { pattern: string; renewalDays: number };

/** SQL after FROM: contacts' numbers without an answer, or with one that soon expires. */
const waitingNumbersSql = (
  { organizationId, now }: TransactionContext,
  registryId: RegistryId,
  { pattern, renewalDays }: WaitingFilter,
) => sql`
  phone LEFT JOIN registry_answer AS answer ON answer.organization_id = phone.organization_id
    AND answer.registry_id = ${registryId}::uuid AND answer.phone_id = phone.id
  WHERE phone.organization_id = ${organizationId}::uuid AND e164 ~ ${pattern}
    AND (answered_at < ${now}::timestamptz - ${renewalDays} * interval '1 day') IS NOT FALSE
    AND EXISTS (SELECT FROM contact_phone AS theirs
      WHERE theirs.organization_id = phone.organization_id AND theirs.phone_id = phone.id)`;

async function countWaiting(
  ctx: TransactionContext,
  registryId: RegistryId,
  filter: WaitingFilter,
) {
  const waiting = waitingNumbersSql(ctx, registryId, filter);
  const counted = sql`SELECT count(*)::int AS count FROM ${waiting}`;
  const [row] = await selectRows(ctx, z.object({ count: z.int() }), counted);
  return row?.count ?? 0;
}

/** Loads the next numbers to ask about, never-asked ones first. */
function loadNextWaiting(
  ctx: TransactionContext,
  registryId: RegistryId,
  { count, ...filter }: WaitingFilter & { count: number },
) {
  const next = sql`
    SELECT phone.id, substring(e164 FROM 2) AS digits
    FROM ${waitingNumbersSql(ctx, registryId, filter)}
    ORDER BY answered_at NULLS FIRST, phone.id LIMIT ${count}`;
  return selectRows(ctx, NumberToAsk, next);
}

/** Loads the phones of an earlier request, except erased ones. If none is left, its result is recorded all the same. */
const loadPhones = ({ db, organizationId }: TransactionContext, ids: readonly string[]) =>
  selectRows(
    { db },
    NumberToAsk,
    sql`
    SELECT id, substring(e164 FROM 2) AS digits FROM phone
    WHERE organization_id = ${organizationId}::uuid AND id = ANY (${ids}::uuid[])
      AND e164 IS NOT NULL`,
  );

/**
 * Records the result of a request, once: a second result is ignored, and so are answers about numbers that the request
 * did not contain. The age of an answer counts from the request.
 */
export const recordAnswers = command({
  name: "recordAnswers",
  action: "registry.apply",
  input: RecordAnswers,
  run: async (ctx, { registryId, askId, status, answers = [] }): Promise<void> => {
    const { db, organizationId } = ctx;
    await lockRegistry(ctx, registryId);
    const open = { organizationId, registryId, id: askId, status: "asked" };
    const { count } = await db.registryAsk.updateMany({ where: open, data: { status } });
    if (count === 0) return;
    await saveAnswers(ctx, { registryId, askId, answers });
  },
  audit: "none",
});

type SavedAnswers = Pick<RecordAnswers, "registryId" | "askId"> & {
  answers: NonNullable<RecordAnswers["answers"]>;
};

/**
 * Saves the answers to a request, each about another phone, dated to the request. An older answer never replaces a
 * newer one. If two have the same time, "listed" wins. `first_at` stays: before it, nothing was known about the number.
 * Call it in the transaction that locked the registry.
 */
export async function saveAnswers(
  { db, organizationId }: TransactionContext,
  { registryId, askId, answers }: SavedAnswers,
): Promise<void> {
  await db.$executeRaw`
      INSERT INTO registry_answer (organization_id, registry_id, phone_id, ask_id, said, answered_at,
        first_at)
      SELECT organization_id, registry_id, answer.phone_id, id, answer.said, asked_at, asked_at
      FROM registry_ask, ${toTable(answers, { phoneId: "uuid", said: "text" })} AS answer
      WHERE organization_id = ${organizationId}::uuid AND registry_id = ${registryId}::uuid
        AND id = ${askId}::uuid AND answer.phone_id = ANY (phone_ids)
      ON CONFLICT (organization_id, registry_id, phone_id) DO UPDATE
        SET ask_id = excluded.ask_id, said = excluded.said, answered_at = excluded.answered_at
        WHERE registry_answer.answered_at < excluded.answered_at
          OR registry_answer.answered_at = excluded.answered_at AND registry_answer.said <> 'listed'`;
}

const AnswerRow = z.object({
  digits: z.string(),
  isFree: z.boolean(),
  isListed: z.boolean(),
  answeredAt: z.date(),
});

/**
 * Loads all numbers that a registry answered about. `listed` are those that it listed when last asked, however long
 * ago, and `free` those that may be called, by an answer that stays valid until the next reading. The rest need another
 * answer. A command, because it locks the registry.
 */
export const loadRegistryAnswers = command({
  name: "loadRegistryAnswers",
  action: "registry.apply",
  input: RegistryId,
  transaction: { timeoutMs: 60_000 },
  run: async (ctx, registryId) => {
    const { db, organizationId, now } = ctx;
    const { revision } = await lockRegistry(ctx, registryId);
    const { endDays } = await loadAnswerAges(ctx, registryId);
    const rows = await selectRows(
      { db },
      AnswerRow,
      sql`
      SELECT substring(e164 FROM 2) AS digits, answered_at AS "answeredAt",
        said = 'free' AND answered_at > ${now}::timestamptz - ${endDays} * interval '1 day'
          AS "isFree",
        said = 'listed' AS "isListed"
      FROM registry_answer AS answer JOIN phone
        ON phone.organization_id = answer.organization_id AND phone.id = phone_id
      WHERE answer.organization_id = ${organizationId}::uuid
        AND registry_id = ${registryId}::uuid AND e164 IS NOT NULL
      ORDER BY e164`,
    );
    const free = rows.filter(({ isFree }) => isFree);
    const times = free.map(({ answeredAt }) => answeredAt.valueOf());
    return {
      revision,
      answered: rows.map(({ digits }) => Number(digits)),
      listed: rows.filter(({ isListed }) => isListed).map(({ digits }) => Number(digits)),
      free: free.map(({ digits }) => Number(digits)),
      /** The edition is as old as the oldest answer by which it lets a number be called. */
      readAt: new Date(times.reduce((oldest, at) => Math.min(oldest, at), now.valueOf())),
    };
  },
  audit: "none",
});

/** Saves the balance that a paid registry reports: how many numbers may still be asked about. */
export const recordBalance = command({
  name: "recordBalance",
  action: "registry.apply",
  input: RecordBalance,
  run: async (ctx, { registryId, numbers }): Promise<void> => {
    const { db, organizationId, now } = ctx;
    await lockRegistry(ctx, registryId);
    await db.registry.updateMany({
      where: { organizationId, id: registryId },
      data: { balance: { numbers, at: now.toISOString() } },
    });
  },
  audit: "none",
});

/** Locks a registry that we ask number by number, and loads its source and how long its answers count. */
async function lockAskedRegistry(ctx: TransactionContext, registryId: RegistryId) {
  await lockRegistry(ctx, registryId);
  const { source, ...ages } = await loadAnswerAges(ctx, registryId);
  if (!isAskedSource(source))
    throw new ServiceError("conflict", { key: "error.registry-not-asked" });
  return { source, ...askedServices[source.kind], ...ages };
}

/**
 * Loads the source of a registry that answers about single numbers, and how long its answers count. We ask it
 * (`isAskedSource`), or an officer brings its answers (`attested`).
 */
export async function loadAnswerAges(ctx: TransactionContext, registryId: RegistryId) {
  const { db, organizationId, now } = ctx;
  const row = await db.registry.findFirstOrThrow({ where: { organizationId, id: registryId } });
  const source = RegistrySource.parse(row.source);
  if (!isAnsweredSource(source))
    throw new ServiceError("conflict", { key: "error.registry-not-asked" });
  const books = listBooks(await loadLaw(ctx));
  const today = now.toISOString().slice(0, 10);
  const byRule = resolveAgeLimit(books, today, row.code, row.maxAgeDays);
  return { source, ...computeAnswerAges(Math.min(row.maxAgeDays, byRule)) };
}

/** Counts of a registry that answers about single numbers. */
export type AskedCounts = {
  /** Numbers that were asked about in this UTC month, which the budget counts. */
  numbers: number;
  /** Numbers with an answer, and those that it says may be called (`free`), even if it has expired. */
  answers: { answered: number; free: number };
};

/** Counts questions and answers of registries that answer about single numbers. Every id has its counts. */
export async function countAsked(
  ctx: TransactionContext,
  registryIds: readonly string[],
): Promise<ReadonlyMap<string, AskedCounts>> {
  if (registryIds.length === 0) return new Map();
  const numbers = await countMonthlyNumbers(ctx, registryIds);
  const answers = await ctx.db.registryAnswer.groupBy({
    by: ["registryId", "said"],
    where: { organizationId: ctx.organizationId, registryId: { in: [...registryIds] } },
    _count: true,
  });
  const countAnswers = (id: string, isWanted: (said: string) => boolean) =>
    answers
      .filter(({ registryId, said }) => registryId === id && isWanted(said))
      .reduce((sum, { _count: count }) => sum + count, 0);
  const toCounts = (id: string) => ({
    numbers: numbers.get(id) ?? 0,
    answers: {
      answered: countAnswers(id, () => true),
      free: countAnswers(id, (said) => said === "free"),
    },
  });
  return new Map(registryIds.map((id) => [id, toCounts(id)]));
}

/** Counts the numbers that registries were asked about in this UTC month. Refused requests cost nothing. */
async function countMonthlyNumbers(
  { db, organizationId, now }: TransactionContext,
  registryIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await selectRows(
    { db },
    z.object({ registryId: z.string(), numbers: z.int() }),
    sql`
    SELECT registry_id AS "registryId", sum(cardinality(phone_ids))::int AS numbers
    FROM registry_ask
    WHERE organization_id = ${organizationId}::uuid AND registry_id = ANY (${registryIds}::uuid[])
      AND status <> 'refused' AND asked_at >= date_trunc('month', ${now}::timestamptz, 'UTC')
    GROUP BY registry_id`,
  );
  return new Map(rows.map(({ registryId, numbers }) => [registryId, numbers]));
}
