import type { TransactionContext } from "../../platform/context.ts";

/** The numbers that each refusal covers: the person's, without those that were erased (contract 6). */
export const phonesCovered = async (
  { db, organizationId }: TransactionContext,
  ids: readonly string[],
): Promise<Map<string, string[]>> => {
  const rows = await db.$queryRaw<{ id: string; phones: string[] }[]>`
    SELECT opt_out.id, array_agg(DISTINCT phone.e164 ORDER BY phone.e164) AS phones
    FROM opt_out
    CROSS JOIN LATERAL (
      SELECT opt_out.phone_id AS id
      UNION
      SELECT other.phone_id FROM contact_phone AS own
      JOIN contact_phone AS other ON other.organization_id = own.organization_id
        AND other.contact_id = own.contact_id
      WHERE own.organization_id = opt_out.organization_id AND own.phone_id = opt_out.phone_id
    ) AS covered
    JOIN phone ON phone.organization_id = opt_out.organization_id AND phone.id = covered.id
    WHERE opt_out.organization_id = ${organizationId}::uuid AND opt_out.id = ANY (${ids}::uuid[])
      AND phone.e164 IS NOT NULL
    GROUP BY opt_out.id`;
  return new Map(rows.map(({ id, phones }) => [id, phones]));
};
