import { type PhoneId, RegistryAskId, type RegistryId } from "@ringfence/core/ids";
import { monthlyBudget } from "@ringfence/core/do-not-call/registry";
import { sql } from "kysely";
import { allow } from "../../platform/access/allow.ts";
import {
  inTransaction,
  type ServiceContext,
  type TransactionContext,
} from "../../platform/context.ts";
import { askedRegistry, numbersOfMonth } from "./asked-registry.ts";

/** Numbers to be asked about at once, under a reference that stays theirs; digits as in E.164. */
export type RegistryAsk = { id: RegistryAskId; phones: { id: PhoneId; digits: string }[] };

export type BegunAsk =
  | { outcome: "ask" | "again"; ask: RegistryAsk }
  | { outcome: "nothing" }
  /** The budget of the month is used up, and so many numbers wait. */
  | { outcome: "budget"; budget: number; waiting: number };

/**
 * What to ask a registry next: first what was asked and never answered, then numbers of contacts that
 * have no answer, or one that soon counts no more. It is paid for from here on, whatever comes of it:
 * the budget of a month holds however many workers ask, and whenever they are killed.
 */
export async function beginAsk(ctx: ServiceContext, registryId: RegistryId): Promise<BegunAsk> {
  allow(ctx, "registry.apply");

  const begin = async (ctx: TransactionContext): Promise<BegunAsk> => {
    const { db, organizationId, now } = ctx;
    const { source, batch, ...which } = await askedRegistry(ctx, registryId);
    const open = await db.registryAsk.findFirst({
      where: { organizationId, registryId, status: "asked" },
      orderBy: { id: "asc" },
    });
    if (open) {
      const ask = { id: RegistryAskId.parse(open.id), phones: await phonesOf(ctx, open.phoneIds) };
      return { outcome: "again", ask };
    }
    const budget = monthlyBudget(source);
    const left = budget - (await numbersOfMonth(ctx, registryId));
    if (left <= 0) {
      const waiting = await countWaiting(ctx, registryId, which);
      return waiting === 0 ? { outcome: "nothing" } : { outcome: "budget", budget, waiting };
    }
    const phones = await nextWaiting(ctx, registryId, { ...which, count: Math.min(batch, left) });
    if (phones.length === 0) return { outcome: "nothing" };
    const phoneIds = phones.map(({ id }) => id);
    const row = { organizationId, registryId, phoneIds, status: "asked", askedAt: now };
    const { id } = await db.registryAsk.create({ data: row });
    return { outcome: "ask", ask: { id: RegistryAskId.parse(id), phones } };
  };
  return inTransaction(ctx, begin, { timeoutMs: 60_000 });
}

type Phones = RegistryAsk["phones"];

type Which = { pattern: string; renewalDays: number };

/** Numbers of contacts that have no answer, or one that soon counts no more. */
const waitingNumbers = (
  { organizationId, now }: TransactionContext,
  registryId: RegistryId,
  { pattern, renewalDays }: Which,
) => sql`
  phone LEFT JOIN registry_answer AS answer ON answer.organization_id = phone.organization_id
    AND answer.registry_id = ${registryId}::uuid AND answer.phone_id = phone.id
  WHERE phone.organization_id = ${organizationId}::uuid AND e164 ~ ${pattern}
    AND (answered_at < ${now}::timestamptz - ${renewalDays} * interval '1 day') IS NOT FALSE
    AND EXISTS (SELECT FROM contact_phone AS theirs
      WHERE theirs.organization_id = phone.organization_id AND theirs.phone_id = phone.id)`;

async function countWaiting(ctx: TransactionContext, registryId: RegistryId, which: Which) {
  const waiting = waitingNumbers(ctx, registryId, which);
  const counted = sql<{ count: number }>`SELECT count(*)::int AS count FROM ${waiting}`;
  const { rows } = await counted.execute(ctx.db.$kysely);
  return rows[0]?.count ?? 0;
}

/** Those that never were asked about first. */
async function nextWaiting(
  ctx: TransactionContext,
  registryId: RegistryId,
  { count, ...which }: Which & { count: number },
) {
  const next = sql<Phones[number]>`
    SELECT phone.id, substring(e164 FROM 2) AS digits
    FROM ${waitingNumbers(ctx, registryId, which)}
    ORDER BY answered_at NULLS FIRST, phone.id LIMIT ${count}`;
  return (await next.execute(ctx.db.$kysely)).rows;
}

/** Of one that was erased meanwhile nothing is asked. */
const phonesOf = ({ db, organizationId }: TransactionContext, ids: readonly string[]) =>
  db.$queryRaw<Phones>`
    SELECT id, substring(e164 FROM 2) AS digits FROM phone
    WHERE organization_id = ${organizationId}::uuid AND id = ANY (${ids}::uuid[])
      AND e164 IS NOT NULL`;
