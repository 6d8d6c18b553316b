import { sql } from "kysely";
import { z } from "zod";
import {
  type RootContext,
  type TransactionContext,
  appendAudit,
  holdLock,
  inTransaction,
  query,
  selectRows,
  visibleSellerIds,
} from "../../platform/internal.ts";
import { OptOutChange, ReadOptOutFeed } from "@ringfence/core/do-not-call/opt-out";
import { loadSellers } from "../../account/seller/internal.ts";
import { toScopeView } from "./opt-out.ts";
import { csvLine } from "@ringfence/core/platform/csv";
import { findForgedCorrections } from "../../proof/record/internal.ts";

/**
 * Lists what changed after a cursor, by position: changes get theirs once they are committed (`assignPositions`), so
 * none ever appears before a cursor. `next` is always set (contract 6). A phone is null once it was erased. `phones`
 * are all numbers of the person, as known now; for a lifted opt-out only those that no other opt-out covers, so that
 * a dialer frees nobody who is still opted out. An actor limited to sellers does not see opt-outs of other sellers.
 */
export const readOptOutFeed = query({
  name: "readOptOutFeed",
  action: "opt-out.read",
  input: ReadOptOutFeed,
  run: async (ctx, { after = "0", limit }) => {
    await assignPositions(ctx);
    const { db, organizationId, actor } = ctx;
    const sellerIds = visibleSellerIds(actor);
    const changes = await db.optOutChange.findMany({
      where: {
        organizationId,
        position: { gt: BigInt(after) },
        ...(sellerIds && {
          optOut: { OR: [{ sellerId: null }, { sellerId: { in: [...sellerIds] } }] },
        }),
      },
      orderBy: { position: "asc" },
      take: limit,
      include: { optOut: { include: { phone: { select: { e164: true } } } } },
    });
    const sellers = await loadSellers(ctx);
    const covered = await findCoveredPhones(
      ctx,
      changes.map(({ optOutId }) => optOutId),
    );
    const lifted = changes.filter(({ change }) => change === "lifted");
    const stillOptedOut = await findOptedOutPhones(
      ctx,
      lifted.flatMap(({ optOutId }) => covered.get(optOutId) ?? []),
    );
    const listPhones = ({
      change,
      optOutId,
    }: Pick<(typeof changes)[number], "change" | "optOutId">) =>
      (covered.get(optOutId) ?? []).filter(
        (e164) => change === "added" || !stillOptedOut.has(e164),
      );
    const items = changes.map(({ optOut, ...row }) => ({
      id: optOut.id,
      phone: optOut.phone.e164,
      phones: listPhones(row),
      scope: toScopeView(sellers, optOut),
      effectiveAt: optOut.at,
      change: OptOutChange.parse(row.change),
    }));
    return { items, next: String(changes.at(-1)?.position ?? after) };
  },
  audit: ({ items }) => (items.length > 0 ? { listed: items.length } : null),
});

const CSV_HEADER = [
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
 * Exports all opt-outs in force as CSV, for dialers that keep a copy. The `position` of the last row is a
 * cursor at which the feed continues, and `phones` are all that an opt-out covers. Leaves out erased numbers and, for
 * an actor limited to sellers, opt-outs of other sellers. Each page is a transaction of its own.
 */
export const exportOptOuts = query({
  name: "exportOptOuts",
  action: "opt-out.read",
  transaction: "by run",
  run: async (ctx): Promise<AsyncIterable<string>> => {
    await inTransaction(ctx, (ctx) => appendAudit(ctx, "opt-out.read", { exported: true }));
    return csvPages(ctx);
  },
  // One row, before the first page is read.
  audit: "by run",
});

async function* csvPages(ctx: RootContext) {
  yield csvLine(CSV_HEADER);
  for (let after = 0n; ;) {
    const rows = await inTransaction(ctx, (ctx) => readCsvPage(ctx, after), { timeoutMs: 60_000 });
    if (rows.length > 0) yield rows.map(toCsvLine).join("");
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.position;
  }
}

const CsvRow = z.object({
  position: z.bigint(),
  id: z.string(),
  phone: z.string(),
  scope: z.string(),
  seller: z.string().nullable(),
  purpose: z.string().nullable(),
  channel: z.string(),
  at: z.date(),
  recordedAt: z.date(),
  reference: z.string(),
});
type CsvRow = z.infer<typeof CsvRow> & { phones: readonly string[] };

/** Reads one page. Leaves out opt-outs that were lifted, unless the correction is forged. */
async function readCsvPage(ctx: TransactionContext, after: bigint): Promise<CsvRow[]> {
  // Positions are assigned a batch at a time, so each page must ask for more.
  await assignPositions(ctx);
  const { db, organizationId, actor } = ctx;
  const sellerIds = visibleSellerIds(actor);
  const forged = await findForgedCorrections(ctx);
  const rows = await selectRows(
    { db },
    CsvRow,
    sql`
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
      AND (${sellerIds}::uuid[] IS NULL OR opt_out.seller_id IS NULL
        OR opt_out.seller_id = ANY (${sellerIds}::uuid[]))
    ORDER BY change.position LIMIT ${ROWS_PER_PAGE}`,
  );
  const covered = await findCoveredPhones(
    ctx,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({ ...row, phones: covered.get(row.id) ?? [] }));
}

const toCsvLine = ({ position, at, recordedAt, ...row }: CsvRow) =>
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

const MAX_POSITIONS_PER_CALL = 10_000;

/**
 * Gives committed changes their positions, in batches. The lock is held until they are committed, so that whoever
 * has read up to a position has read everything below it, and nothing can appear behind a cursor. A change that
 * is not committed yet is not seen here, and gets a later position. Without waiting changes there is no lock.
 */
const assignPositions = async (ctx: TransactionContext) => {
  const { db, organizationId } = ctx;
  const waiting = await db.optOutQueue.findFirst({
    where: { organizationId },
    select: { optOutId: true },
  });
  if (waiting === null) return;

  await holdLock(ctx, "opt-out-feed");
  await db.$executeRaw`
    WITH moved AS (
      DELETE FROM opt_out_queue
      WHERE (organization_id, opt_out_id, change) IN (
        SELECT organization_id, opt_out_id, change FROM opt_out_queue
        WHERE organization_id = ${organizationId}::uuid
        ORDER BY opt_out_id, change LIMIT ${MAX_POSITIONS_PER_CALL}
      )
      RETURNING opt_out_id, change
    ), last AS (
      SELECT coalesce(max(position), 0) AS position FROM opt_out_change
      WHERE organization_id = ${organizationId}::uuid
    )
    INSERT INTO opt_out_change (organization_id, position, opt_out_id, change)
    SELECT ${organizationId}::uuid, last.position + row_number() OVER (ORDER BY opt_out_id, change),
      opt_out_id, change
    FROM moved, last`;
};

/**
 * Finds the numbers that each opt-out covers: all phones of the person, without erased ones (contract 6). An opt-out
 * that covers none is missing.
 */
export const findCoveredPhones = async (
  { db, organizationId }: TransactionContext,
  ids: readonly string[],
): Promise<Map<string, string[]>> => {
  const rows = await selectRows(
    { db },
    z.object({ id: z.string(), phones: z.array(z.string()) }),
    sql`
    SELECT opt_out.id, array_agg(DISTINCT phone.e164 ORDER BY phone.e164) AS phones
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
    WHERE opt_out.organization_id = ${organizationId}::uuid AND opt_out.id = ANY (${ids}::uuid[])
      AND phone.e164 IS NOT NULL
    GROUP BY opt_out.id`,
  );
  return new Map(rows.map(({ id, phones }) => [id, phones]));
};

/** Finds those of the numbers that any opt-out in force covers, whatever its scope. */
export const findOptedOutPhones = async (
  ctx: TransactionContext,
  phones: readonly string[],
): Promise<Set<string>> => {
  if (phones.length === 0) return new Set();
  const { db, organizationId } = ctx;
  const forged = await findForgedCorrections(ctx);
  const rows = await selectRows(
    { db },
    z.object({ e164: z.string() }),
    sql`
    SELECT phone.e164 FROM phone
    WHERE phone.organization_id = ${organizationId}::uuid AND phone.e164 = ANY (${phones})
      AND EXISTS (
        SELECT FROM opt_out_known AS opt_out
        WHERE opt_out.organization_id = phone.organization_id
          AND (opt_out.phone_id = phone.id OR opt_out.phone_id IN (
            SELECT other.phone_id FROM contact_phone AS own
            JOIN contact_phone AS other ON other.organization_id = own.organization_id
              AND other.contact_id = own.contact_id
            WHERE own.organization_id = phone.organization_id AND own.phone_id = phone.id))
          AND (opt_out.corrected_at IS NULL OR opt_out.id = ANY (${forged}::uuid[])))`,
  );
  return new Set(rows.map(({ e164 }) => e164));
};
