import type { CallId, ScreeningId } from "@ringfence/core/ids";
import type { TransactionContext } from "../../platform/context.ts";

/** The screening by which a call was placed, and whether the log names it. */
export type ScreeningOfCall = { id: ScreeningId; isNamed: boolean };

/**
 * The one that its log names, else the last of its phone in a day before it; two seconds are let pass, for logs tell
 * whole seconds (contract 15). Null where there is none.
 */
export async function screeningOfCall(
  { db, organizationId }: TransactionContext,
  callId: CallId,
): Promise<ScreeningOfCall | null> {
  const [found] = await db.$queryRaw<ScreeningOfCall[]>`
    SELECT screening.id, call.screening_id IS NOT NULL AS "isNamed"
    FROM call JOIN LATERAL (
      SELECT id FROM screening
      WHERE organization_id = call.organization_id AND id = call.screening_id
      UNION ALL (
        SELECT id FROM screening
        WHERE organization_id = call.organization_id AND phone_id = call.phone_id
          AND call.screening_id IS NULL AND at <= call.at + interval '2 seconds'
          AND at > call.at - interval '1 day'
        ORDER BY at DESC, id DESC LIMIT 1)
    ) AS screening ON true
    WHERE call.organization_id = ${organizationId}::uuid AND call.id = ${callId}::uuid`;
  return found ?? null;
}
