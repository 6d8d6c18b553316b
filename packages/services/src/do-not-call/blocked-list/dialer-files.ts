import { sql } from "kysely";
import { z } from "zod";
import {
  BLOCKED_FILE_HEADER,
  BlockedPhone,
  toBlockedLine,
} from "@ringfence/core/do-not-call/endpoint";
import {
  type RootContext,
  type TransactionContext,
  inTransaction,
  query,
  selectRows,
} from "../../platform/internal.ts";
import { findCoveredPhones } from "../opt-out/internal.ts";
import { findForgedCorrections, isUncorrected } from "../../proof/record/internal.ts";
import { streamBlockedLines } from "./lines.ts";

const OPT_OUTS_PER_PAGE = 5_000;
const BEFORE_FIRST = "00000000-0000-0000-0000-000000000000";

/**
 * Streams the lines of a file of all opt-outs that were not corrected, except those of profiling only, over all phones
 * of the person. Each page is a transaction of its own: an opt-out made meanwhile may be missing, and has its own
 * delivery.
 */
export const streamOptedOutNumbers = query({
  name: "streamOptedOutNumbers",
  action: "delivery.send",
  transaction: "by run",
  run: async (ctx): Promise<AsyncIterable<string>> => readPages(ctx),
  audit: "none",
});

async function* readPages(ctx: RootContext) {
  yield BLOCKED_FILE_HEADER;
  for (let after = BEFORE_FIRST; ;) {
    const page = await inTransaction(ctx, (ctx) => readPage(ctx, after), { timeoutMs: 60_000 });
    if (page.last === null) return;
    if (page.lines !== "") yield page.lines;
    after = page.last;
  }
}

const OptOutRow = BlockedPhone.omit({ phone: true }).extend({ id: z.string() });
type OptOutRow = z.infer<typeof OptOutRow>;

/**
 * Reads one page of opt-outs. `last` is the id to continue after, or null after the last page. Erased numbers are left
 * out.
 */
async function readPage(ctx: TransactionContext, after: string) {
  const optOuts = await readOptOuts(ctx, after);
  const coveredPhones = await findCoveredPhones(
    ctx,
    optOuts.map(({ id }) => id),
  );
  const blocked = optOuts.flatMap(({ id, ...optOut }) =>
    (coveredPhones.get(id) ?? []).map((phone) => ({ ...optOut, phone })),
  );
  return { lines: blocked.map(toBlockedLine).join(""), last: optOuts.at(-1)?.id ?? null };
}

/** Reads the next page of opt-outs. A corrected one is left out, unless its correction is forged. */
async function readOptOuts(ctx: TransactionContext, after: string): Promise<OptOutRow[]> {
  const { db, organizationId } = ctx;
  const forged = await findForgedCorrections(ctx);
  return selectRows(
    { db },
    OptOutRow,
    sql`
    SELECT opt_out.id, opt_out.scope::text AS scope, seller.key AS seller, opt_out.purpose,
      opt_out.at, opt_out.reference
    FROM opt_out_known AS opt_out
    LEFT JOIN seller ON seller.organization_id = opt_out.organization_id
      AND seller.id = opt_out.seller_id
    WHERE opt_out.organization_id = ${organizationId}::uuid AND opt_out.id > ${after}::uuid
      AND opt_out.scope <> 'profiling'
      AND ${isUncorrected("opt_out", forged)}
    ORDER BY opt_out.id LIMIT ${OPT_OUTS_PER_PAGE}`,
  );
}

/**
 * Streams the lines of a file of all numbers that are blocked now: opt-outs, suppressions and registries. A
 * number in it may still be allowed, because a consent can lift a registry listing; only a screening decides.
 */
export const streamBlockedNumbers = query({
  name: "streamBlockedNumbers",
  action: "delivery.send",
  transaction: "by run",
  run: async (ctx): Promise<AsyncIterable<string>> => streamBlockedLines(ctx),
  audit: "none",
});
