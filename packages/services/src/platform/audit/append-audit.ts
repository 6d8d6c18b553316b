import type { Action } from "@ringfence/core/platform/access";
import { toStoredActor } from "../access/stored-actor.ts";
import type { PhoneId } from "@ringfence/core/ids";
import type { TransactionContext } from "../context.ts";
import { toTable } from "../rows.ts";

/** Ids, counts and words of ours, never personal data: an audit row outlives the erasure of a person. */
export type AuditDetails = { phoneId?: PhoneId; [key: string]: string | number | boolean | null };

/** Records who did what, in the transaction that does it, so that neither is committed without the other. */
export const appendAudit = (ctx: TransactionContext, action: Action, details: AuditDetails) =>
  appendAudits(ctx, action, [details]);

/** Records several acts of one kind, a row for each. */
export async function appendAudits(
  { db, organizationId, actor, now }: TransactionContext,
  action: Action,
  acts: readonly AuditDetails[],
) {
  if (acts.length === 0) return;
  const rows = acts.map(({ phoneId, ...details }) => ({ phoneId, details }));
  await db.$executeRaw`
    INSERT INTO audit_entry (organization_id, id, actor, action, phone_id, details, at)
    SELECT ${organizationId}::uuid, uuid7(), ${JSON.stringify(toStoredActor(actor))}::jsonb, ${action},
      phone_id, details, ${now}
    FROM ${toTable(rows, { phoneId: "uuid", details: "jsonb" })} AS act
    ORDER BY index`;
}
