import type { RegistryId } from "@ringfence/core/ids";
import type { Phone } from "@ringfence/core/phone";
import { placeOf } from "@ringfence/core/registry";
import { allow } from "../access/allow.ts";
import { inTransaction, type ServiceContext } from "../context.ts";

/**
 * What a registry said of a number at an instant, by the edition that was in force then: today's bit,
 * turned by every edition since that changed it. Null before the first edition. A statement that asks
 * for many can call the same functions of the database, `registry_edition_at` and
 * `registry_listed_in`.
 */
export async function wasListed(
  ctx: ServiceContext,
  { registryId, phone, at }: { registryId: RegistryId; phone: Phone; at: Date },
): Promise<{ edition: number; isListed: boolean } | null> {
  allow(ctx, "registry.read");

  return inTransaction(ctx, async ({ db, organizationId }) => {
    const { block, line } = placeOf(Number(phone.slice(1)));
    const [said] = await db.$queryRaw<{ edition: number; isListed: boolean }[]>`
      SELECT edition, registry_listed_in(
        ${organizationId}::uuid, ${registryId}::uuid, edition, ${block}::bigint, ${line}::int
      ) AS "isListed"
      FROM registry_edition_at(${organizationId}::uuid, ${registryId}::uuid, ${at}) AS edition
      WHERE edition IS NOT NULL`;
    return said ?? null;
  });
}
