import type { AuthenticationContext } from "./authenticate-consents.ts";
import { correctionInput } from "./correction-mac.ts";
import { createMacs } from "./event-mac.ts";

type Row = { correctionId: string; optOutId: string; phoneId: string; answeredAt: Date };

/** Adds our MAC to accepted corrections once they are stated. Without it they lift nothing. */
export async function authenticateCorrections(
  { db, keys, organizationId }: AuthenticationContext,
  correctionIds: readonly string[],
) {
  const rows = await db.$queryRaw<Row[]>`
    SELECT correction_id AS "correctionId", opt_out_id AS "optOutId", phone_id AS "phoneId",
      answered_at AS "answeredAt"
    FROM opt_out_correction_answer AS answer JOIN opt_out USING (organization_id)
    WHERE organization_id = ${organizationId}::uuid AND opt_out.id = opt_out_id
      AND correction_id = ANY (${correctionIds}::uuid[]) AND is_accepted AND mac IS NULL`;
  if (rows.length === 0) return;
  const inputs = rows.map(({ answeredAt, ...row }) =>
    correctionInput({ ...row, at: answeredAt.getTime() }),
  );
  const macs = createMacs(keys, organizationId, inputs);
  await db.$executeRaw`
    UPDATE opt_out_correction_answer SET mac = made.mac
    FROM unnest(${rows.map(({ correctionId }) => correctionId)}::uuid[], ${macs}::bytea[]) AS made (id, mac)
    WHERE organization_id = ${organizationId}::uuid AND opt_out_correction_answer.correction_id = made.id
      AND opt_out_correction_answer.mac IS NULL`;
}
