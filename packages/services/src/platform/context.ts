import { sql } from "kysely";
import { z } from "zod";
import { selectRow } from "./rows.ts";
import type { Actor } from "@ringfence/core/platform/access";
import type { OrganizationId } from "@ringfence/core/ids";
import type { Db, Transaction } from "@ringfence/db";
import { inSpan } from "@ringfence/db/span";
import type { FileStore } from "./files/open-files.ts";
import type { Keys } from "./keys/keys.ts";
import type { MessageSender } from "./message-sender.ts";

/**
 * Parts that an area above adds to an installation, by `declare module`. An interface, because a type
 * cannot be added to.
 */
export interface InstallationParts {}

/** Resources that an app opens once when it starts. */
export type Installation = InstallationParts & { db: Db; keys: Keys };

/** Context of a request or job: the organization whose data it concerns, and the actor. */
export type RootContext = Installation & { organizationId: OrganizationId; actor: Actor };

/** Context of verbs that also read and write files. */
export type FileContext = RootContext & { files: FileStore };

/** Context of verbs that also send mail. `publicUrl` is the origin at which people reach the pages. */
export type MailContext = RootContext & {
  messageSender: Pick<MessageSender, "email">;
  publicUrl: string;
};

/** Context inside a transaction. `now` is the database's time when it began. */
export type TransactionContext = Omit<RootContext, "db"> & { db: Transaction; now: Date };

/** Runs the transaction of a verb that starts its work before the transaction begins, such as an upload. */
export type Transact<T> = (
  ctx: FileContext,
  work: (ctx: TransactionContext) => Promise<T>,
) => Promise<T>;

/** Context that every verb accepts: it opens a transaction, or joins the caller's. */
export type ServiceContext = RootContext | TransactionContext;

/**
 * Runs `work` in a transaction: the caller's if there is one, otherwise its own. If `work` throws, its own is rolled
 * back; in the caller's, the caller must not go on. `timeoutMs`, and `lockTimeoutMs` for each wait for a lock, apply
 * only to its own. `now` is the database's time, because the clocks of hosts differ: by its own clock, a slow host would
 * miss an opt-out that another host has acknowledged.
 */
export async function inTransaction<T>(
  ctx: ServiceContext,
  work: (ctx: TransactionContext) => Promise<T>,
  { timeoutMs = 5_000, lockTimeoutMs = 0 } = {},
): Promise<T> {
  if (isInTransaction(ctx)) return work(ctx);

  return inSpan("transaction", {}, async () => {
    const token = await findScopeToken(ctx.db, ctx.organizationId);
    return ctx.db.scoped.$transaction(
      async (db) => work({ ...ctx, db, now: await enterScope(db, token, lockTimeoutMs) }),
      { timeout: timeoutMs },
    );
  });
}

export const isInTransaction = (ctx: ServiceContext): ctx is TransactionContext =>
  !("prisma" in ctx.db);

/**
 * Restricts a transaction to the rows of one organization, and returns the database's time. One statement does both, so
 * the restriction costs no round trip. With a `lockTimeoutMs` of 0, the transaction waits for locks as long as it runs.
 */
async function enterScope(db: Transaction, token: string, lockTimeoutMs: number): Promise<Date> {
  const entered = await selectRow(
    { db },
    z.object({ now: z.date() }),
    lockTimeoutMs === 0
      ? sql`SELECT clock_timestamp() AS now, set_config('ringfence.scope', ${token}, true)`
      : sql`SELECT clock_timestamp() AS now, set_config('ringfence.scope', ${token}, true),
          set_config('lock_timeout', ${`${lockTimeoutMs}ms`}, true)`,
  );
  return entered.now;
}

const tokens = new WeakMap<Db, Map<OrganizationId, string>>();

/** Finds the token that opens the rows of an organization to a transaction. It never changes. */
async function findScopeToken(db: Db, organizationId: OrganizationId): Promise<string> {
  const tokensOfDb = tokens.get(db) ?? new Map<OrganizationId, string>();
  tokens.set(db, tokensOfDb);
  const known = tokensOfDb.get(organizationId);
  if (known !== undefined) return known;
  const { token } = await selectRow(
    { db: db.prisma },
    z.object({ token: z.string() }),
    sql`SELECT scope.token(${organizationId}::uuid) AS token`,
  );
  if (tokensOfDb.size >= MAX_TOKENS) tokensOfDb.clear();
  tokensOfDb.set(organizationId, token);
  return token;
}

/** More organizations than an installation has. When the limit is reached, all tokens are forgotten. */
const MAX_TOKENS = 10_000;
