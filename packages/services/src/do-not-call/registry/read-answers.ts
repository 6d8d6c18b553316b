import type { RegistryId } from "@ringfence/core/ids";
import { allow } from "../../platform/access/allow.ts";
import {
  inTransaction,
  type ServiceContext,
  type TransactionContext,
} from "../../platform/context.ts";
import { askedRegistry } from "./asked-registry.ts";

/**
 * What a registry has said of numbers: all that were asked about, and those that are free to call by an
 * answer that counts until the next reading at least.
 */
export async function readAnswers(ctx: ServiceContext, registryId: RegistryId) {
  allow(ctx, "registry.apply");

  const read = async (ctx: TransactionContext) => {
    const { db, organizationId, now } = ctx;
    const { endDays, revision } = await askedRegistry(ctx, registryId);
    const rows = await db.$queryRaw<
      { digits: string; isFree: boolean; isListed: boolean; answeredAt: Date }[]
    >`
      SELECT substring(e164 FROM 2) AS digits, answered_at AS "answeredAt",
        said = 'free' AND answered_at > ${now}::timestamptz - ${endDays} * interval '1 day'
          AS "isFree",
        said = 'listed' AS "isListed"
      FROM registry_answer AS answer JOIN phone
        ON phone.organization_id = answer.organization_id AND phone.id = phone_id
      WHERE answer.organization_id = ${organizationId}::uuid
        AND registry_id = ${registryId}::uuid AND e164 IS NOT NULL
      ORDER BY e164`;
    const free = rows.filter(({ isFree }) => isFree);
    const times = free.map(({ answeredAt }) => answeredAt.valueOf());
    return {
      revision,
      asked: rows.map(({ digits }) => Number(digits)),
      listed: rows.filter(({ isListed }) => isListed).map(({ digits }) => Number(digits)),
      free: free.map(({ digits }) => Number(digits)),
      /** The whole is as old as the oldest answer that it rests on. */
      readAt: new Date(times.reduce((oldest, at) => Math.min(oldest, at), now.valueOf())),
    };
  };
  return inTransaction(ctx, read, { timeoutMs: 60_000 });
}
