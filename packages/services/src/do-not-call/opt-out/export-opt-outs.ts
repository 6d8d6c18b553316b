import { query } from "../../platform/verb.ts";
import { csvLine } from "@ringfence/core/platform/csv";
import { sellersSeenBy } from "../../platform/access/sellers-seen-by.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import {
  inTransaction,
  type RootContext,
  type TransactionContext,
} from "../../platform/context.ts";
import { findForgedCorrections } from "../../proof/record/find-forged-corrections.ts";
import { phonesCovered } from "./phones-covered.ts";
import { sequenceChanges } from "./sequence-changes.ts";

const header = [
  "id",
  "phone",
  "scope",
  "seller",
  "purpose",
  "channel",
  "effective_at",
  "recorded_at",
  "reference",
  "position",
  "phones",
];
const ROWS_PER_PAGE = 5_000;

/**
 * All refusals in force, as a file for dialers that keep a copy, page after page: `position` of its
 * last row is a cursor from which the feed goes on, and `phones` are all that a refusal covers.
 */
export const exportOptOuts = query({
  name: "exportOptOuts",
  action: "opt-out.read",
  transaction: "by run",
  run: async (ctx): Promise<AsyncIterable<string>> => {
    await inTransaction(ctx, (ctx) => appendAudit(ctx, "opt-out.read", { exported: true }));
    return pages(ctx);
  },
  audit: "by run",
});

async function* pages(ctx: RootContext) {
  yield csvLine(header);
  for (let after = 0n; ;) {
    const rows = await inTransaction(ctx, (ctx) => readPage(ctx, after), { timeoutMs: 60_000 });
    if (rows.length > 0) yield rows.map(lineOf).join("");
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.position;
  }
}

type Row = {
  position: bigint;
  id: string;
  phone: string;
  scope: string;
  seller: string | null;
  purpose: string | null;
  channel: string;
  at: Date;
  recordedAt: Date;
  reference: string;
  phones: readonly string[];
};

/** A number that was erased cannot be told; a refusal that was lifted is none. */
async function readPage(ctx: TransactionContext, after: bigint): Promise<Row[]> {
  // However many wait for their positions, each page finds the next among them.
  await sequenceChanges(ctx);
  const { db, organizationId, actor } = ctx;
  const theirs = sellersSeenBy(actor);
  const forged = await findForgedCorrections(ctx);
  const rows = await db.$queryRaw<Omit<Row, "phones">[]>`
    SELECT change.position, opt_out.id, phone.e164 AS phone, opt_out.scope, seller.key AS seller,
      opt_out.purpose, opt_out.channel, opt_out.at, opt_out.recorded_at AS "recordedAt",
      opt_out.reference
    FROM opt_out_change AS change
    JOIN opt_out_known AS opt_out ON opt_out.organization_id = change.organization_id
      AND opt_out.id = change.opt_out_id
    JOIN phone ON phone.organization_id = opt_out.organization_id AND phone.id = opt_out.phone_id
    LEFT JOIN seller ON seller.organization_id = opt_out.organization_id
      AND seller.id = opt_out.seller_id
    WHERE change.organization_id = ${organizationId}::uuid AND change.position > ${after}
      AND change.change = 'added' AND phone.e164 IS NOT NULL
      AND (opt_out.corrected_at IS NULL OR opt_out.id = ANY (${forged}::uuid[]))
      AND (${theirs}::uuid[] IS NULL OR opt_out.seller_id IS NULL
        OR opt_out.seller_id = ANY (${theirs}::uuid[]))
    ORDER BY change.position LIMIT ${ROWS_PER_PAGE}`;
  const covered = await phonesCovered(
    ctx,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({ ...row, phones: covered.get(row.id) ?? [] }));
}

const lineOf = ({ position, at, recordedAt, ...row }: Row) =>
  csvLine([
    row.id,
    row.phone,
    row.scope,
    row.seller ?? "",
    row.purpose ?? "",
    row.channel,
    at.toISOString(),
    recordedAt.toISOString(),
    row.reference,
    String(position),
    row.phones.join(" "),
  ]);
