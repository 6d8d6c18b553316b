import { sql } from "kysely";
import { loadLaw } from "../../people/jurisdiction/internal.ts";
import {
  BLOCKED_FILE_HEADER,
  BlockedPhone,
  toBlockedLine,
} from "@ringfence/core/do-not-call/endpoint";
import { BLOCK_SIZE } from "@ringfence/core/do-not-call/registry";
import { informingRegistries } from "@ringfence/core/calling/screening";
import { findAllowLists, listBooks } from "@ringfence/core/people/jurisdiction";
import {
  type RootContext,
  type TransactionContext,
  inTransaction,
  selectRows,
} from "../../platform/internal.ts";
import {
  findForgedCorrections,
  findUnendedSuppressions,
  isUncorrected,
} from "../../proof/record/internal.ts";

/** Number of phones per query, so that only their lines are in memory at once. */
const PHONES_PER_PAGE = 20_000;

/**
 * Streams the lines of a file of all blocked numbers of the organization, in the order of the numbers as text, on
 * which `compareEditions` relies. Opt-outs and suppressions count for all phones of the person, registries for the
 * number that they list. Each page of numbers is a transaction of its own.
 */
export async function* streamBlockedLines(
  ctx: RootContext,
  phonesPerPage = PHONES_PER_PAGE,
): AsyncGenerator<string> {
  yield BLOCKED_FILE_HEADER;
  for (let after = ""; ;) {
    const page = await inTransaction(ctx, (ctx) => readPage(ctx, after, phonesPerPage), {
      timeoutMs: 60_000,
    });
    if (page.lines !== "") yield page.lines;
    if (page.upTo === null) return;
    after = page.upTo;
  }
}

/** A range of numbers: after one, up to another, which is included. `upTo` is null for the last page. */
type Page = { after: string; upTo: string | null };

/** Reads the lines of the next page, and where it ends. */
async function readPage(
  ctx: TransactionContext,
  after: string,
  phonesPerPage: number,
): Promise<Pick<Page, "upTo"> & { lines: string }> {
  const { db, organizationId } = ctx;
  const [last] = await db.phone.findMany({
    where: { organizationId, e164: { gt: after } },
    orderBy: { e164: "asc" },
    skip: phonesPerPage - 1,
    take: 1,
    select: { e164: true },
  });
  const upTo = last?.e164 ?? null;
  const rows = await readBlocked(ctx, { after, upTo });
  return { lines: rows.map(toBlockedLine).join(""), upTo };
}

/**
 * Reads what blocks the numbers of a page. Left out are registries of reassigned and ported numbers, which refuse no
 * call; allow lists, which list who may be called; opt-outs of profiling only; and corrected opt-outs and ended
 * suppressions, unless the correction or the ending was forged.
 */
async function readBlocked(
  ctx: TransactionContext,
  { after, upTo }: Page,
): Promise<BlockedPhone[]> {
  const { db, organizationId, now } = ctx;
  const forged = await findForgedCorrections(ctx);
  const unended = await findUnendedSuppressions(ctx);
  const [allowLists, ...others] = listBooks(await loadLaw(ctx)).map(findAllowLists);
  const allowedBy = [...(allowLists ?? [])].filter((code) =>
    others.every((codes) => codes.has(code)),
  );
  return selectRows(
    { db },
    BlockedPhone,
    sql`
  WITH page AS MATERIALIZED (
    SELECT id, e164, substr(e164, 2)::bigint AS digits FROM phone
    WHERE organization_id = ${organizationId}::uuid AND e164 > ${after}
      AND (${upTo}::text IS NULL OR e164 <= ${upTo})
  ), covered AS MATERIALIZED (
    SELECT e164, id AS phone_id FROM page
    UNION
    -- An opt-out or suppression of one phone covers all phones of the person.
    SELECT page.e164, theirs.phone_id FROM page
    JOIN contact_phone AS ours ON ours.organization_id = ${organizationId}::uuid
      AND ours.phone_id = page.id
    JOIN contact_phone AS theirs ON theirs.organization_id = ours.organization_id
      AND theirs.contact_id = ours.contact_id
  ), blocks AS MATERIALIZED (
    SELECT DISTINCT digits / ${BLOCK_SIZE} AS block FROM page
  )
  SELECT phone, scope, seller, purpose, at, reference FROM (
    SELECT e164 AS phone, 0 AS part, opt_out.scope::text AS scope, seller.key AS seller,
      opt_out.purpose, opt_out.at, opt_out.reference
    FROM covered JOIN opt_out_known AS opt_out ON opt_out.organization_id = ${organizationId}::uuid
      AND opt_out.phone_id = covered.phone_id
    LEFT JOIN seller ON seller.organization_id = opt_out.organization_id
      AND seller.id = opt_out.seller_id
    WHERE opt_out.scope <> 'profiling'
      AND ${isUncorrected("opt_out", forged)}
    UNION ALL
    SELECT DISTINCT e164, 1, 'suppressed', NULL, NULL, at, reason
    FROM covered JOIN suppression ON suppression.organization_id = ${organizationId}::uuid
      AND suppression.phone_id = covered.phone_id
    WHERE at <= ${now}::timestamptz AND (until IS NULL OR until > ${now}::timestamptz)
      OR suppression.id = ANY (${unended}::uuid[])
    UNION ALL
    SELECT e164, 2, 'registry', NULL, NULL, verified_at, code
    FROM registry CROSS JOIN blocks
    JOIN registry_block AS listed ON listed.organization_id = registry.organization_id
      AND listed.registry_id = registry.id AND listed.block = blocks.block
    JOIN page ON digits / ${BLOCK_SIZE} = blocks.block
    WHERE registry.organization_id = ${organizationId}::uuid AND edition > 0 AND disconnected_at IS NULL
      AND code <> ALL (${[...informingRegistries, ...allowedBy]}::text[])
      AND get_bit(bits, (digits % ${BLOCK_SIZE})::int) = 1
  ) AS line
  ORDER BY phone, part, at, reference`,
  );
}
