// oxlint-disable-next-line house/no-ambient-input -- the result of hashing depends only on its input
import { hash } from "node:crypto";
import { type RawBuilder, sql } from "kysely";
import { z } from "zod";
import { DrawSample, type SampleKind } from "@ringfence/core/desk/sample";
import { PhoneId, ScreeningId } from "@ringfence/core/ids";
import { Phone } from "@ringfence/core/people/phone";
import {
  type TransactionContext,
  query,
  selectRow,
  selectRows,
  visibleSellerIds,
} from "../../platform/internal.ts";
import { screeningOfCall } from "../../calling/screening/internal.ts";

const Item = z.object({
  /** Id of the screening, call, consent or opt-out. */
  id: z.uuid(),
  at: z.date(),
  phoneId: PhoneId.nullable(),
  /** Null if there is no number, and once it was erased. */
  phone: Phone.nullable(),
  /** For a call: the screening before it; null if there is none. */
  screeningId: ScreeningId.nullable(),
});
/** A record of a sample. */
export type SampleItem = z.infer<typeof Item>;

/** `population` is the number of records of which the sample was drawn. */
export type Sample = { items: readonly SampleItem[]; population: number };

/**
 * Draws a sample of the records of a span of the actor's sellers, and of opt-outs from all sellers: those with the
 * least SHA-256 of the seed, a line break and the record's id, in this order. The same seed and records give the same
 * sample, however often it is drawn. The audit trail keeps every draw with the hash of its seed, so that nobody can
 * repeat draws unnoticed until one looks good. It does not keep the seed itself, which is free text and could name
 * somebody.
 */
export const drawSample = query({
  name: "drawSample",
  action: "sample.draw",
  input: DrawSample,
  transaction: "analysis",
  run: async (ctx, { kind, seed, size, from, until }): Promise<Sample> => {
    const records = selectRecords(ctx, kind, { from, until });
    const { population } = await selectRow(
      ctx,
      z.object({ population: z.int() }),
      sql`SELECT count(*)::int AS population FROM (${records}) AS record`,
    );
    const order = sql`sha256(convert_to(${seed}::text || E'\n' || record.id::text, 'UTF8'))`;
    const items = await selectRows(
      ctx,
      Item,
      sql`
      SELECT record.id, record.at, record.phone_id AS "phoneId", phone.e164 AS phone,
        ${kind === "calls" ? sql`screening.id` : sql`NULL::uuid`} AS "screeningId"
      FROM (SELECT * FROM (${records}) AS record ORDER BY ${order} LIMIT ${size}) AS record
      LEFT JOIN phone
        ON phone.organization_id = ${ctx.organizationId}::uuid AND phone.id = record.phone_id
      ${
        kind === "calls"
          ? sql`JOIN call ON call.organization_id = ${ctx.organizationId}::uuid AND call.id = record.id
            LEFT JOIN ${screeningOfCall} ON true`
          : sql``
      }
      ORDER BY ${order}`,
    );
    return { items, population };
  },
  audit: ({ items, population }, { kind, seed, from, until }) => ({
    sampled: kind,
    seedSha256: hash("sha256", seed, "hex"),
    first: from.toISOString().slice(0, 10),
    last: new Date(until.getTime() - 1).toISOString().slice(0, 10),
    size: items.length,
    population,
  }),
});

/**
 * SQL for the records of a kind in a span: `id`, `at`, `phone_id`. Consents and opt-outs belong to the span in which they
 * were recorded, screenings and calls to that in which they happened.
 */
function selectRecords(
  { organizationId, actor }: TransactionContext,
  kind: SampleKind,
  { from, until }: { from: Date; until: Date },
): RawBuilder<unknown> {
  const sellers = visibleSellerIds(actor);
  const inSpan = (time: RawBuilder<unknown>) => sql`organization_id = ${organizationId}::uuid
    AND ${time} >= ${from}::timestamptz AND ${time} < ${until}::timestamptz`;
  const isVisible = sql`(${sellers}::uuid[] IS NULL OR seller_id = ANY (${sellers}::uuid[]))`;
  switch (kind) {
    case "screenings":
      return sql`SELECT id, at, phone_id FROM screening
        WHERE ${inSpan(sql`at`)} AND ${isVisible}`;
    case "calls":
      return sql`SELECT id, at, phone_id FROM call
        WHERE ${inSpan(sql`at`)} AND ${isVisible}`;
    case "consents":
      return sql`SELECT consent_id AS id, recorded_at AS at, phone_id FROM consent_event
        WHERE ${inSpan(sql`recorded_at`)} AND type = 'granted' AND ${isVisible}`;
    case "opt-outs":
      return sql`SELECT id, recorded_at AS at, phone_id FROM opt_out
        WHERE ${inSpan(sql`recorded_at`)} AND (seller_id IS NULL OR ${isVisible})`;
  }
}
