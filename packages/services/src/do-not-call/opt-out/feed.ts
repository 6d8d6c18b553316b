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
import { findForgedCorrections, isUncorrected } from "../../proof/record/internal.ts";

/**
 * Lists what changed after a cursor, by position. The cursor is a position, and `next` is always set (contract 6).
 * Changes get their positions when somebody first reads them (`assignPositions`), so no change is ever added at or
 * before a position that somebody has read, and the lifting of an opt-out comes after it. A phone is null once it was
 * erased. `phones` are all numbers of the person, as known now; for a lifted opt-out only those that no other opt-out
 * covers, so that a dialer frees nobody who is still opted out. An actor limited to sellers does not see opt-outs of
 * other sellers.
 */
export const readOptOutFeed = query({
  name: "readOptOutFeed",
  action: "opt-out.read",
  input: ReadOptOutFeed,
  transaction: "by run",
  run: async (ctx: RootContext, { after = "0", limit }) => {
    for (let cursor = after; ;) {
      const { isLast, ...page } = await inTransaction(ctx, (ctx) =>
        readFeedPage(ctx, { after: cursor, limit }),
      );
      if (page.items.length > 0 || isLast) return page;
      cursor = page.next;
    }
  },
  // One row in the transaction of the page, if it lists anything.
  audit: "by run",
});

type FeedPosition = { after: string; limit: number };

/** Reads one page. It may be empty although others follow: `isLast` is true if there is nothing more to read. */
async function readFeedPage(ctx: TransactionContext, { after, limit }: FeedPosition) {
  const isMoreWaiting = await assignPositions(ctx);
  const changes = await loadChanges(ctx, { after, limit });
  const genuine = await leaveOutForgedLiftings(ctx, changes);
  const sellers = await loadSellers(ctx);
  const covered = await findCoveredPhones(
    ctx,
    genuine.map(({ optOutId }) => optOutId),
  );
  const stillOptedOut = await findOptedOutPhones(
    ctx,
    genuine.filter(isLifting).flatMap(({ optOutId }) => covered.get(optOutId) ?? []),
  );
  const items = genuine.map((row) => {
    const { optOut } = row;
    const phones = covered.get(optOut.id) ?? [];
    return {
      id: optOut.id,
      phone: optOut.phone.e164,
      phones: isLifting(row) ? phones.filter((e164) => !stillOptedOut.has(e164)) : phones,
      scope: toScopeView(sellers, optOut),
      effectiveAt: optOut.at,
      change: OptOutChange.parse(row.change),
    };
  });
  if (items.length > 0) await appendAudit(ctx, "opt-out.read", { listed: items.length });
  return {
    items,
    next: String(changes.at(-1)?.position ?? after),
    isLast: changes.length === 0 && !isMoreWaiting,
  };
}

const loadChanges = (
  { db, organizationId, actor }: TransactionContext,
  { after, limit }: FeedPosition,
) => {
  const sellerIds = visibleSellerIds(actor);
  return db.optOutChange.findMany({
    where: {
      organizationId,
      position: { gt: BigInt(after) },
      ...(sellerIds && {
        optOut: { OR: [{ sellerId: null }, { sellerId: { in: [...sellerIds] } }] },
      }),
    },
    orderBy: { position: "asc" },
    take: limit,
    include: {
      optOut: {
        include: {
          phone: { select: { e164: true } },
          answers: { where: { isAccepted: true }, select: { correctionId: true } },
        },
      },
    },
  });
};
type Change = Awaited<ReturnType<typeof loadChanges>>[number];

const isLifting = ({ change }: Pick<Change, "change">) => change === "lifted";

/** Leaves out liftings for which our code wrote no accepted correction: those opt-outs are still in force. */
async function leaveOutForgedLiftings(ctx: TransactionContext, changes: readonly Change[]) {
  if (!changes.some(isLifting)) return changes;
  const forged = new Set(await findForgedCorrections(ctx));
  return changes.filter(
    (row) => !isLifting(row) || (row.optOut.answers.length > 0 && !forged.has(row.optOutId)),
  );
}

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
 * Exports all opt-outs that were not lifted by a correction as CSV, for dialers that keep a copy. Like the feed, it
 * includes those that a consent lifts: that depends on the call. The `position` of the last row is a cursor at which
 * the feed continues, and `phones` are all that an opt-out covers. Leaves out erased numbers and, for an actor limited
 * to sellers, opt-outs of other sellers. Each page is a transaction of its own, so opt-outs that arrive meanwhile are
 * exported too, up to the first that is lifted meanwhile.
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
  const start = await assignAllPositions(ctx);
  for (let after = 0n; ;) {
    const { rows, isLast } = await inTransaction(ctx, (ctx) => readCsvPage(ctx, { after, start }), {
      timeoutMs: 60_000,
    });
    if (isLast) return;
    if (rows.length > 0) yield rows.map(toCsvLine).join("");
    after = rows.at(-1)?.position ?? after;
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

/**
 * Reads one page: opt-outs that were not lifted, or lifted by a correction that is forged. Ends before the first
 * lifting after `start`, the last position when the export began. The opt-out that it lifts may be on an earlier
 * page, so the dialer must still find the lifting in the feed, after the last row.
 */
async function readCsvPage(
  ctx: TransactionContext,
  { after, start }: { after: bigint; start: bigint },
): Promise<{ rows: CsvRow[]; isLast: boolean }> {
  const isMoreWaiting = await assignPositions(ctx);
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
      AND ${isUncorrected("opt_out", forged)}
      AND (${sellerIds}::uuid[] IS NULL OR opt_out.seller_id IS NULL
        OR opt_out.seller_id = ANY (${sellerIds}::uuid[]))
      AND change.position < coalesce((
        SELECT min(position) FROM opt_out_change AS lifting
        WHERE lifting.organization_id = ${organizationId}::uuid AND lifting.change = 'lifted'
          AND lifting.position > ${start}), change.position + 1)
    ORDER BY change.position LIMIT ${ROWS_PER_PAGE}`,
  );
  const covered = await findCoveredPhones(
    ctx,
    rows.map(({ id }) => id),
  );
  return {
    rows: rows.map((row) => ({ ...row, phones: covered.get(row.id) ?? [] })),
    isLast: rows.length === 0 && !isMoreWaiting,
  };
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

/** Gives all waiting changes their positions, each batch in its own transaction. Returns the last position. */
async function assignAllPositions(ctx: RootContext): Promise<bigint> {
  for (;;) {
    const { isMoreWaiting, last } = await inTransaction(ctx, async (ctx) => {
      const isMoreWaiting = await assignPositions(ctx);
      const { _max: max } = await ctx.db.optOutChange.aggregate({
        where: { organizationId: ctx.organizationId },
        _max: { position: true },
      });
      return { isMoreWaiting, last: max.position ?? 0n };
    });
    if (!isMoreWaiting) return last;
  }
}

/**
 * Gives up to `MAX_POSITIONS_PER_CALL` committed changes their positions, after all that exist. Returns true if more
 * may wait. The lock is held until the positions are committed. So whoever has read up to a position has read
 * everything below it, and nothing is added there later. A change that is not committed yet is not seen here, and gets
 * a later position. If no change waits, no lock is taken. Queries write this too, because nobody needs a position
 * before somebody reads.
 */
const assignPositions = async (ctx: TransactionContext): Promise<boolean> => {
  const { db, organizationId } = ctx;
  const waiting = await db.optOutQueue.findFirst({
    where: { organizationId },
    select: { optOutId: true },
  });
  if (waiting === null) return false;

  await holdLock(ctx, "opt-out-feed");
  const count = await db.$executeRaw`
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
  return count === MAX_POSITIONS_PER_CALL;
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

/**
 * Finds those of the numbers that an opt-out covers which no correction has lifted, whatever its scope and whatever
 * consents came after it.
 */
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
          AND ${isUncorrected("opt_out", forged)})`,
  );
  return new Set(rows.map(({ e164 }) => e164));
};
