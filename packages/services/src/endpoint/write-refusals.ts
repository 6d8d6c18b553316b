import { type RefusedPhone, refusalHeader, refusalLine } from "@ringfence/core/endpoint";
import { allow } from "../access/allow.ts";
import { inTransaction, type RootContext, type TransactionContext } from "../context.ts";

const OPT_OUTS_PER_PAGE = 5_000;
const FIRST = "00000000-0000-0000-0000-000000000000";

/**
 * The lines of a file of all numbers that may not be called, page after page: of every refusal in force,
 * but those of profiling alone, over all phones of the person. One that comes while it is written has a
 * delivery of its own.
 */
export async function* writeRefusals(ctx: RootContext): AsyncGenerator<string> {
  allow(ctx, "delivery.send");

  yield refusalHeader;
  for (let after = FIRST; ;) {
    const last = await inTransaction(ctx, (ctx) => lastOfPage(ctx, after), { timeoutMs: 60_000 });
    if (last === null) return;
    const page = { after, last };
    const rows = await inTransaction(ctx, (ctx) => readPage(ctx, page), { timeoutMs: 60_000 });
    if (rows.length > 0) yield rows.map(refusalLine).join("");
    after = last;
  }
}

async function lastOfPage({ db, organizationId }: TransactionContext, after: string) {
  const [row] = await db.$queryRaw<{ id: string | null }[]>`
    SELECT max(id::text) AS id FROM (
      SELECT id FROM opt_out WHERE organization_id = ${organizationId}::uuid AND id > ${after}::uuid
      ORDER BY id LIMIT ${OPT_OUTS_PER_PAGE}
    ) AS page`;
  return row?.id ?? null;
}

/** A number that was erased cannot be told; a refusal that was lifted is none. */
const readPage = (
  { db, organizationId }: TransactionContext,
  { after, last }: { after: string; last: string },
) =>
  db.$queryRaw<RefusedPhone[]>`
    SELECT phone.e164 AS phone, opt_out.scope::text AS scope, seller.key AS seller, opt_out.purpose,
      opt_out.at, opt_out.reference
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
    LEFT JOIN seller ON seller.organization_id = opt_out.organization_id
      AND seller.id = opt_out.seller_id
    WHERE opt_out.organization_id = ${organizationId}::uuid
      AND opt_out.id > ${after}::uuid AND opt_out.id <= ${last}::uuid
      AND opt_out.scope <> 'profiling' AND phone.e164 IS NOT NULL
      AND NOT EXISTS (
        SELECT FROM opt_out_change AS lifting
        WHERE lifting.organization_id = opt_out.organization_id
          AND lifting.opt_out_id = opt_out.id AND lifting.change = 'lifted')
      AND NOT EXISTS (
        SELECT FROM opt_out_queue AS lifting
        WHERE lifting.organization_id = opt_out.organization_id
          AND lifting.opt_out_id = opt_out.id AND lifting.change = 'lifted')
    ORDER BY opt_out.id, phone.e164`;
