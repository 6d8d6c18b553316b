import type { RegistryId } from "@ringfence/core/ids";
import { namedRegistries } from "@ringfence/core/people/jurisdiction";
import {
  answerAges,
  askedRegistries,
  isAsked,
  RegistrySource,
} from "@ringfence/core/do-not-call/registry";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { lockRegistry } from "./lock-registry.ts";

/** A registry that is asked about numbers, for whoever is about to: how long its answers count. */
export async function askedRegistry(ctx: TransactionContext, registryId: RegistryId) {
  const { db, organizationId, now } = ctx;
  const { revision } = await lockRegistry(ctx, registryId);
  const row = await db.registry.findFirstOrThrow({ where: { organizationId, id: registryId } });
  const source = RegistrySource.parse(row.source);
  if (!isAsked(source)) throw new ServiceError("conflict", { key: "error.registry-not-asked" });
  const named = namedRegistries(now.toISOString().slice(0, 10));
  const byRule = named.find(({ code }) => code === row.code)?.limitDays ?? row.maxAgeDays;
  const ages = answerAges(Math.min(row.maxAgeDays, byRule));
  return { source, revision, ...askedRegistries[source.kind], ...ages };
}

/** Of how many numbers a registry has answered, and how many of these it left free to call. */
export async function answersOfAll(
  { db, organizationId }: TransactionContext,
  registryId: string,
): Promise<{ answered: number; free: number }> {
  const where = { organizationId, registryId };
  const answered = await db.registryAnswer.count({ where });
  return { answered, free: await db.registryAnswer.count({ where: { ...where, said: "free" } }) };
}

/** How many numbers were asked about, and paid for, in this month by the calendar of UTC. */
export async function numbersOfMonth(
  { db, organizationId, now }: TransactionContext,
  registryId: string,
): Promise<number> {
  const [row] = await db.$queryRaw<[{ numbers: number }]>`
    SELECT coalesce(sum(cardinality(phone_ids)), 0)::int AS numbers FROM registry_ask
    WHERE organization_id = ${organizationId}::uuid AND registry_id = ${registryId}::uuid
      AND status <> 'refused' AND asked_at >= date_trunc('month', ${now}::timestamptz, 'UTC')`;
  return row.numbers;
}
