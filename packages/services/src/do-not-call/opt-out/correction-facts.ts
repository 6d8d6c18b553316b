import { type CorrectableOptOut, correctionFault } from "@ringfence/core/do-not-call/opt-out";
import type { OptOutId } from "@ringfence/core/ids";
import type { Message } from "@ringfence/core/platform/message";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import type { OptOutFound } from "./require-opt-out.ts";

type Row = CorrectableOptOut & { id: OptOutId };

/**
 * Loads the facts that decide whether opt-outs can be corrected, by id. Repeats by click are answered with
 * the first opt-out and found in the audit trail; anonymous repeats are in `anonymous_refusal`. A repeat
 * within a burst does not count, because the person did not make it. Older audit trails did not tell these
 * apart and also call the first opt-out of a busy page a repeat, so the entry that created an opt-out is not
 * counted.
 */
export async function loadCorrectionFacts(
  { db, organizationId }: TransactionContext,
  ids: readonly OptOutId[],
): Promise<Map<OptOutId, CorrectableOptOut>> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT opt_out.id, phone.e164 IS NULL AS "isErased", corrected_at AS "correctedAt",
      -- A text or a key pressed, as a provider hands it on, comes from the number itself.
      coalesce(opt_out.actor ->> 'type' = 'person'
        OR opt_out.actor ->> 'type' = 'job' AND opt_out.actor ->> 'id' = 'inbound'
          AND channel IN ('sms', 'ivr'), FALSE) AS "isPersonsOwn",
      least(clicked.at, typed.at) AS "saidAgainAt"
    FROM opt_out_known AS opt_out
    JOIN phone ON phone.organization_id = opt_out.organization_id AND phone.id = opt_out.phone_id
    CROSS JOIN LATERAL (
      SELECT min(at) AS at FROM (
        SELECT at, details, entry.actor ->> 'type' AS who, row_number() OVER (ORDER BY id) AS place
        FROM audit_entry AS entry
        WHERE entry.organization_id = opt_out.organization_id
          AND entry.phone_id = opt_out.phone_id AND action = 'opt-out.record'
          AND details ->> 'optOutId' = opt_out.id::text
      ) AS said
      WHERE details ->> 'isRepeat' = 'true' AND details ->> 'isAnonymous' IS NULL
        AND NOT (place = 1 AND who = 'visitor' AND opt_out.actor ->> 'type' = 'visitor')
    ) AS clicked
    CROSS JOIN LATERAL (
      SELECT min(received_at) AS at FROM anonymous_refusal AS refusal
      WHERE refusal.organization_id = opt_out.organization_id
        AND refusal.opt_out_id = opt_out.id AND NOT is_new
        AND NOT EXISTS (SELECT FROM burst_refusal
          WHERE burst_refusal.organization_id = refusal.organization_id
            AND refusal_id = refusal.id)
    ) AS typed
    WHERE opt_out.organization_id = ${organizationId}::uuid
      AND opt_out.id = ANY (${[...ids]}::uuid[])`;
  return new Map(rows.map(({ id, ...facts }) => [id, facts]));
}

/** Explains why an opt-out cannot be corrected; null if it can. */
export async function findCorrectionFault(
  ctx: TransactionContext,
  id: OptOutId,
): Promise<Message | null> {
  const facts = (await loadCorrectionFacts(ctx, [id])).get(id);
  if (!facts) throw new Error("an opt-out is not on record");
  return correctionFault(facts);
}

/**
 * Asserts that an opt-out can be corrected. Call it with the phone locked, so that a concurrent repeat
 * becomes an opt-out of its own.
 */
export async function requireCorrectable(ctx: TransactionContext, { id }: OptOutFound) {
  const fault = await findCorrectionFault(ctx, id);
  if (fault) throw new ServiceError("conflict", fault);
}
