import type { AuthenticationContext } from "./authenticate-consents.ts";
import { createMacs } from "./event-mac.ts";
import { suppressionInput } from "./suppression-mac.ts";

type Row = {
  id: string;
  phoneId: string;
  reason: string;
  at: Date;
  until: Date | null;
  recordedAt: Date;
};

/** Renews our MAC of suppressions. Call it once their start and end are stated. */
export async function authenticateSuppressions(
  { db, keys, organizationId }: AuthenticationContext,
  ids: readonly string[],
) {
  const rows = await db.$queryRaw<Row[]>`
    SELECT id, phone_id AS "phoneId", reason, at, until, recorded_at AS "recordedAt"
    FROM suppression
    WHERE organization_id = ${organizationId}::uuid AND id = ANY (${ids}::uuid[])`;
  if (rows.length === 0) return;
  const inputs = rows.map((row) =>
    suppressionInput({
      ...row,
      at: row.at.getTime(),
      until: row.until?.getTime() ?? null,
      recordedAt: row.recordedAt.getTime(),
    }),
  );
  const macs = createMacs(keys, organizationId, inputs);
  await db.$executeRaw`
    UPDATE suppression SET mac = made.mac
    FROM unnest(${rows.map(({ id }) => id)}::uuid[], ${macs}::bytea[]) AS made (id, mac)
    WHERE organization_id = ${organizationId}::uuid AND suppression.id = made.id`;
}
