import type { OrganizationId, RegistryId } from "@ringfence/core/ids";
import {
  addNumber,
  askedKinds,
  emptySet,
  type NumberSet,
} from "@ringfence/core/do-not-call/registry";
import type { PoolClient } from "pg";
import { copyRows, integerIn } from "../../platform/copy-rows.ts";

type Which = { organizationId: OrganizationId; registryId: RegistryId; at: Date };

/**
 * Of a registry that answers only about numbers that it is asked about, those of which it has said
 * something that counts at an instant, but for those that are free; null of one that hands out a list.
 * The same as `unanswered` of a single screening.
 */
export async function loadAnswered(
  client: PoolClient,
  { organizationId, registryId, at }: Which,
): Promise<NumberSet | null> {
  const { rowCount } = await client.query(
    "SELECT FROM registry WHERE organization_id = $1 AND id = $2 AND source ->> 'kind' = ANY ($3)",
    [organizationId, registryId, askedKinds],
  );
  if (rowCount === 0) return null;
  const answered = emptySet({ isShared: true });
  const instant = `'${at.toISOString()}'::timestamptz`;
  const query = `
    SELECT substr(e164, 2)::bigint FROM registry_answer AS answer JOIN phone
      ON phone.organization_id = answer.organization_id AND phone.id = phone_id
    WHERE answer.organization_id = '${organizationId}'::uuid
      AND registry_id = '${registryId}'::uuid AND e164 IS NOT NULL
      AND first_at <= ${instant} AND (said = 'listed' OR answered_at > ${instant})`;
  await copyRows(client, query, 1, (rows) => {
    for (let row = 0; row < rows.count; row++) addNumber(answered, integerIn(rows, row, 0));
  });
  return answered;
}
