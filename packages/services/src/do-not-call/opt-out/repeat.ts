import { sql } from "kysely";
import { z } from "zod";
import { OptOutId } from "@ringfence/core/ids";
import {
  type TransactionContext,
  selectRows,
  toStoredActor,
  toTable,
} from "../../platform/internal.ts";
import { type NewOptOut, toScopeRow } from "./opt-out.ts";

/** An opt-out on record, by which requests are answered. */
const SavedOptOut = z.object({ id: OptOutId, at: z.date(), reference: z.string() });
export type SavedOptOut = z.infer<typeof SavedOptOut>;

/**
 * Finds, for each new opt-out, the first one on record that it repeats. Call it with the phones locked.
 *
 * - One with a time repeats one of the same phone, scope, channel and time.
 * - One without a time repeats one of the same phone, scope and channel that the same file, connector or actor
 *   recorded. Another source is further evidence, and stays when the first is corrected.
 * - A repeatable request, such as a click, repeats any of the phone and scope. The audit row about it then keeps that
 *   opt-out from being corrected; for an anonymous request, `anonymous_refusal` does (`loadCorrectionFacts`).
 *
 * None of them repeats an opt-out from before a proven consent, because the person has opted out anew. One with a time
 * counts as later than that consent if it is less than a day earlier, because many systems give only the day. A
 * corrected opt-out is never repeated either: what is acknowledged must be in force.
 */
export async function findExisting(
  ctx: TransactionContext,
  optOuts: readonly NewOptOut[],
): Promise<(SavedOptOut | undefined)[]> {
  const { db, organizationId } = ctx;
  const sources = await loadSameSources(ctx);
  const sent = optOuts.map(({ scope, isRepeatable = false, ...optOut }) => ({
    ...optOut,
    ...toScopeRow(scope),
    isRepeatable,
  }));
  const table = toTable(sent, {
    phoneId: "uuid",
    scope: "text",
    sellerId: "uuid",
    purpose: "text",
    channel: "text",
    at: "timestamptz",
    isRepeatable: "boolean",
  });
  const rows = await selectRows(
    { db },
    SavedOptOut.extend({ index: z.int() }),
    sql`
    SELECT sent.index, found.id, found.at, found.reference
    FROM ${table} AS sent
    CROSS JOIN LATERAL (
      SELECT id, at, reference FROM opt_out_known AS opt_out
      WHERE organization_id = ${organizationId}::uuid AND phone_id = sent.phone_id
        AND scope::text = sent.scope AND seller_id IS NOT DISTINCT FROM sent.seller_id
        AND purpose IS NOT DISTINCT FROM sent.purpose
        AND (channel = sent.channel OR sent.is_repeatable)
        AND (at = sent.at
          OR sent.at IS NULL AND (sent.is_repeatable OR actor = ANY (${sources}::jsonb[])))
        AND NOT EXISTS (
          SELECT FROM consent_event AS event
          WHERE event.organization_id = ${organizationId}::uuid
            AND event.is_proven AND event.recorded_at > opt_out.recorded_at
            AND (sent.at IS NULL OR event.at < sent.at + interval '1 day')
            AND (event.phone_id = opt_out.phone_id OR event.phone_id IN (
              SELECT theirs.phone_id FROM contact_phone AS ours JOIN contact_phone AS theirs
                ON theirs.organization_id = ours.organization_id
                AND theirs.contact_id = ours.contact_id
              WHERE ours.organization_id = ${organizationId}::uuid
                AND ours.phone_id = opt_out.phone_id)))
        AND corrected_at IS NULL
      ORDER BY id LIMIT 1
    ) AS found`,
  );
  const found = new Map(rows.map(({ index, ...row }) => [index, row]));
  return optOuts.map((_, index) => found.get(index));
}

/**
 * Loads the stored actors, as JSON, that count as the same source: the actor itself, or every import of the same file.
 */
async function loadSameSources({
  db,
  organizationId,
  actor,
}: TransactionContext): Promise<string[]> {
  if (actor.type !== "job" || actor.name !== "import.run" || actor.subjectId === undefined) {
    return [JSON.stringify(toStoredActor(actor))];
  }
  const rows = await db.$kysely
    .selectFrom("import as mine")
    .innerJoin("import as same", (join) =>
      join
        .onRef("same.organizationId", "=", "mine.organizationId")
        .onRef("same.digest", "=", "mine.digest"),
    )
    .select("same.id")
    .where("mine.organizationId", "=", organizationId)
    .where("mine.id", "=", actor.subjectId)
    .execute();
  return rows.map(({ id }) => JSON.stringify(toStoredActor({ ...actor, subjectId: id })));
}
