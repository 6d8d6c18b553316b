import { z } from "zod";
import { sql } from "kysely";
import { OptOutId } from "@ringfence/core/ids";
import { formatReference } from "@ringfence/core/do-not-call/opt-out";
import { type TransactionContext, selectRows, toStoredActor } from "../../platform/internal.ts";
import { announceChanges } from "../outbox/internal.ts";
import { queueRejudgement } from "../../people/phone/internal.ts";
import type { SavedOptOut } from "./repeat.ts";
import { type NewOptOut, toColumns } from "./opt-out.ts";
import { recordOptOutStatements } from "./statement.ts";

type IdentifiedOptOut = NewOptOut & SavedOptOut;

/** Inserts new opt-outs with everything that follows from one: note, feed, statement, judgement of calls. */
export const insertOptOuts = async (
  ctx: TransactionContext,
  optOuts: readonly NewOptOut[],
): Promise<SavedOptOut[]> => {
  if (optOuts.length === 0) return [];
  const names = await createIdentities(ctx, optOuts.length);
  const named = optOuts.map((optOut, index): IdentifiedOptOut => {
    const name = names[index];
    if (!name) throw new Error("an opt-out got no id");
    return { ...optOut, ...name, at: optOut.at ?? ctx.now };
  });
  await insertOptOutRows(ctx, named);
  await queueAdded(ctx, named);
  await insertNotes(ctx, named);
  await recordOptOutStatements(ctx, named);
  await queueRejudgement(
    ctx,
    named.map(({ phoneId, at }) => ({ phoneId, since: at })),
  );
  await announceChanges(
    ctx,
    "opt-out.recorded",
    named.map(({ id }) => id),
  );
  return named.map(({ id, at, reference }) => ({ id, at, reference }));
};

/**
 * Creates ids, and references that are free in the organization. Two transactions that draw the same
 * reference at once collide (1 in 2^40): the later one fails.
 */
async function createIdentities({ db, organizationId }: TransactionContext, count: number) {
  const names = new Map<string, { id: OptOutId; reference: string }>();
  while (names.size < count) {
    const drawn = await selectRows(
      { db },
      z.object({ id: OptOutId, bits: z.string() }),
      sql`
      SELECT uuid7() AS id, left(replace(gen_random_uuid()::text, '-', ''), 10) AS bits
      FROM generate_series(1, ${count - names.size}::int)`,
    );
    for (const { id, bits } of drawn) {
      names.set(formatReference(bits), { id, reference: formatReference(bits) });
    }
    const taken = await db.optOut.findMany({
      where: { organizationId, reference: { in: [...names.keys()] } },
      select: { reference: true },
    });
    for (const { reference } of taken) names.delete(reference);
  }
  return [...names.values()];
}

async function insertOptOutRows(ctx: TransactionContext, optOuts: readonly IdentifiedOptOut[]) {
  const { db, organizationId, actor, now } = ctx;
  const { phoneIds, scopes, sellerIds, purposes, channels, times } = toColumns(optOuts);
  await db.$executeRaw`
    INSERT INTO opt_out (organization_id, id, phone_id, scope, seller_id, purpose, channel, at,
      reference, recorded_at, actor)
    SELECT ${organizationId}::uuid, id, phone_id, scope::"OptOutScope", seller_id, purpose, channel,
      at, reference, ${now}, ${JSON.stringify(toStoredActor(actor))}::jsonb
    FROM unnest(${optOuts.map(({ id }) => id)}::uuid[], ${phoneIds}::uuid[], ${scopes}::text[],
        ${sellerIds}::uuid[], ${purposes}::text[], ${channels}::text[], ${times}::timestamptz[],
        ${optOuts.map(({ reference }) => reference)}::text[])
      AS sent (id, phone_id, scope, seller_id, purpose, channel, at, reference)`;
}

async function queueAdded(
  { db, organizationId }: TransactionContext,
  optOuts: readonly IdentifiedOptOut[],
) {
  await db.$executeRaw`
    INSERT INTO opt_out_queue (organization_id, opt_out_id, change)
    SELECT ${organizationId}::uuid, id, 'added'
    FROM unnest(${optOuts.map(({ id }) => id)}::uuid[]) AS id`;
}

/** Notes and recordings are personal, so they have a table of their own, which an erasure can clear. */
async function insertNotes(
  { db, organizationId }: TransactionContext,
  optOuts: readonly IdentifiedOptOut[],
) {
  const noted = optOuts.filter(({ note, recording }) => note || recording);
  if (noted.length === 0) return;
  await db.$executeRaw`
    INSERT INTO opt_out_note (organization_id, opt_out_id, text, recording)
    SELECT ${organizationId}::uuid, *
    FROM unnest(${noted.map(({ id }) => id)}::uuid[],
      ${noted.map(({ note }) => note || null)}::text[],
      ${noted.map(({ recording }) => recording || null)}::text[])`;
}
