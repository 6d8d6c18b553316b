import { sql } from "kysely";
import { z } from "zod";
import { selectRows, toTable } from "../rows.ts";
import type { Actor } from "@ringfence/core/platform/access";
import { DAY_MS } from "@ringfence/core/platform/time";
import { type RootContext, type TransactionContext, inTransaction } from "../context.ts";
import { confirmReplication } from "../confirm-replication.ts";
import type { Db } from "@ringfence/db";

/** A request with the header `Idempotency-Key`, which may be repeated. */
export type RepeatableRequest = {
  /** Address of the route with placeholders for ids, such as `/consents/:id`. */
  route: string;
  /** Value of the header. It counts for this API key and route only. */
  key: string;
  /** SHA-256 of the whole request. The same key with another hash is refused. */
  hash: Uint8Array;
};

/** The response to a request: its status and its JSON body. It is saved, and sent again to repetitions. */
export type SavedAnswer = { status: number; body: string };

export type IdempotentOutcome =
  /** The work was done now, or had been done for an earlier request. */
  | { outcome: "first" | "replayed"; answer: SavedAnswer }
  /**
   * `running`: another request with this key is at work. `conflict`: an earlier one had another hash. Nothing was done.
   */
  | { outcome: "running" | "conflict" };

export type KeyContext = RootContext & { actor: Extract<Actor, { type: "key" }> };

const TIMEOUT_MS = 120_000;

/**
 * Performs a request once for all its repetitions within 24 hours, and gives each of them the first answer.
 * Work and answer are saved in one transaction, whose lock shows that the work is running. If a process dies
 * midway, nothing of it remains: the next request does the work, and no key stays blocked. An error that `work`
 * throws undoes the work. If `answerTo` makes an answer of it, that is saved; otherwise the error is thrown, and a
 * repetition tries again.
 */
export async function answerOnce(
  request: RepeatableRequest,
  ctx: KeyContext,
  work: (ctx: TransactionContext) => Promise<SavedAnswer>,
  answerTo: (error: unknown) => SavedAnswer | null,
): Promise<IdempotentOutcome> {
  try {
    return await inTransaction(ctx, (tx) => answerIn(tx, ctx.actor.id, request, work), {
      timeoutMs: TIMEOUT_MS,
    });
  } catch (error) {
    const answer = answerTo(error);
    if (answer === null) throw error;
    await inTransaction(ctx, (tx) =>
      saveAnswers(tx, [{ ...request, apiKeyId: ctx.actor.id, answer }]),
    );
    return { outcome: "first", answer };
  }
}

async function answerIn(
  ctx: TransactionContext,
  apiKeyId: string,
  request: RepeatableRequest,
  work: (ctx: TransactionContext) => Promise<SavedAnswer>,
): Promise<IdempotentOutcome> {
  const [outcome] = await findOutcomes(ctx, [{ ...request, apiKeyId }]);
  if (outcome) return outcome;
  const answer = await work(ctx);
  await saveAnswers(ctx, [{ ...request, apiKeyId, answer }]);
  return { outcome: "first", answer };
}

type KeyedRequest = RepeatableRequest & { apiKeyId: string };

/**
 * Finds what became of earlier requests with these keys, in order. Null for a request that is to be done now: its lock
 * is taken until the transaction ends. Of two with the same key, the second finds the first running.
 */
export async function findOutcomes(
  ctx: TransactionContext,
  requests: readonly KeyedRequest[],
): Promise<(IdempotentOutcome | null)[]> {
  if (requests.length === 0) return [];
  const taken = await lock(ctx, requests);
  const savedAnswers = await loadAnswers(ctx, requests);
  if (savedAnswers.size > 0) await confirmReplication(ctx);
  return requests.map(({ hash }, index) => {
    if (!taken[index]) return { outcome: "running" };
    const saved = savedAnswers.get(index);
    if (saved === undefined) return null;
    if (!Buffer.from(saved.requestHash).equals(hash)) return { outcome: "conflict" };
    return { outcome: "replayed", answer: { status: saved.status, body: saved.body } };
  });
}

/**
 * Takes the locks of requests until the transaction ends; false for one that another request holds. A statement of its
 * own, so that the next one sees everything that was committed before the locks were taken.
 */
async function lock(
  { db, organizationId }: TransactionContext,
  requests: readonly KeyedRequest[],
): Promise<boolean[]> {
  const names = requests.map(({ apiKeyId, route, key }) =>
    [organizationId, apiKeyId, route, key].join(" "),
  );
  const distinct = [...new Set(names)];
  const rows = await selectRows(
    { db },
    z.object({ name: z.string(), taken: z.boolean() }),
    sql`
    SELECT name, pg_try_advisory_xact_lock(hashtextextended(name, 0)) AS taken
    FROM unnest(${distinct}::text[]) AS name`,
  );
  const free = new Set(rows.filter(({ taken }) => taken).map(({ name }) => name));
  // Takes a name out, so that a second request of this transaction with that name finds it taken.
  return names.map((name) => free.delete(name));
}

const SavedRow = z.object({
  index: z.int(),
  requestHash: z.instanceof(Uint8Array),
  status: z.int(),
  body: z.string(),
});

async function loadAnswers(
  { db, organizationId, now }: TransactionContext,
  requests: readonly KeyedRequest[],
) {
  const table = toTable(requests, { apiKeyId: "uuid", route: "text", key: "text" });
  const rows = await selectRows(
    { db },
    SavedRow,
    sql`
    SELECT index, request_hash AS "requestHash", status, body FROM ${table} AS sent
    JOIN idempotent_answer AS saved USING (api_key_id, route, key)
    WHERE organization_id = ${organizationId}::uuid AND created_at > ${dayBefore(now)}`,
  );
  return new Map(rows.map(({ index, ...saved }) => [index, saved]));
}

/** True if a request with this key has been answered within 24 hours, whatever its body was. */
export const hasAnswer = (
  ctx: KeyContext,
  { route, key }: Pick<RepeatableRequest, "route" | "key">,
): Promise<boolean> =>
  inTransaction(ctx, async ({ db, organizationId, now }) => {
    const where = { organizationId, apiKeyId: ctx.actor.id, route, key };
    const answers = await db.idempotentAnswer.count({
      where: { ...where, createdAt: { gt: dayBefore(now) } },
    });
    return answers > 0;
  });

/** Saves answers. Where a repetition has done the work since this request failed, its answer stays. */
export async function saveAnswers(
  { db, organizationId, now }: TransactionContext,
  answered: readonly (KeyedRequest & { answer: SavedAnswer })[],
) {
  if (answered.length === 0) return;
  const rows = answered.map(({ answer, ...request }) => ({ ...request, ...answer }));
  await sql`
    DELETE FROM idempotent_answer AS old
    USING ${toTable(rows, { apiKeyId: "uuid", route: "text", key: "text" })} AS sent
    WHERE organization_id = ${organizationId}::uuid AND old.api_key_id = sent.api_key_id
      AND old.route = sent.route AND old.key = sent.key AND created_at <= ${dayBefore(now)}`.execute(
    db.$kysely,
  );
  const table = toTable(rows, {
    apiKeyId: "uuid",
    route: "text",
    key: "text",
    hash: "bytea",
    status: "int",
    body: "text",
  });
  await sql`
    INSERT INTO idempotent_answer (organization_id, api_key_id, route, key, request_hash, status, body, created_at)
    SELECT ${organizationId}::uuid, api_key_id, route, key, hash, status, body, ${now}
    FROM ${table} AS sent
    ON CONFLICT DO NOTHING`.execute(db.$kysely);
}

const dayBefore = (now: Date) => new Date(now.getTime() - DAY_MS);

/**
 * Deletes answers that are too old to be sent again, because they may contain phone numbers. Crosses organizations,
 * which only the sweep may do. Returns how many.
 */
export const deleteOldAnswers = ({ prisma }: Db): Promise<number> =>
  prisma.$executeRaw`
    DELETE FROM idempotent_answer WHERE created_at <= now() - interval '24 hours'`;
