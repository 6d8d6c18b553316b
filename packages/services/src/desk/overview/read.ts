import { sql } from "kysely";
import { z } from "zod";
import {
  type EndStep,
  BLOCK_PEOPLE,
  listOrdinals,
  type EndStepCounts,
} from "@ringfence/core/audience/segment";
import { GateFault } from "@ringfence/core/calling/violation";
import {
  type CauseCount,
  OverviewFigures,
  type SellerStep,
  sumRefusals,
} from "@ringfence/core/desk/overview";
import { ContactId, type SellerId } from "@ringfence/core/ids";
import { findSeller } from "@ringfence/core/account/seller";
import { DAY_MS, daysBefore } from "@ringfence/core/platform/time";
import { loadSellers } from "../../account/seller/internal.ts";
import {
  ServiceError,
  type TransactionContext,
  allowSeller,
  query,
  selectRows,
  visibleSellerIds,
} from "../../platform/internal.ts";

const WEEK_DAYS = 7;
const MONTH_DAYS = 30;

/**
 * Reads the overview of the actor's sellers: who of all contacts may be called and why not the others, consents by source
 * and strength, and opt-outs by campaign and dialer, all as of the last count (`at`, null before the first); and calls
 * without permission up to now.
 */
export const readOverview = query({
  name: "readOverview",
  action: "overview.read",
  run: (ctx) => loadOverview(ctx),
  audit: "none",
});

/** Loads what `readOverview` reads. */
export async function loadOverview(ctx: TransactionContext) {
  const { db, organizationId, now } = ctx;
  const visible = visibleSellerIds(ctx.actor);
  const sellers = (await loadSellers(ctx)).filter(({ id }) => visible?.includes(id) ?? true);
  const mine = { organizationId, sellerId: { in: sellers.map(({ id }) => id) } };
  // A count is of all sellers. Only its day is read: two months of figures are kept.
  const last = await db.overviewCount.findFirst({
    where: mine,
    orderBy: { day: "desc" },
    select: { day: true },
  });
  const rows = last ? await db.overviewCount.findMany({ where: { ...mine, day: last.day } }) : [];
  const [newest] = rows.toSorted((a, b) => b.at.getTime() - a.at.getTime());
  const before = await loadCallableAt(ctx, daysBefore(newest?.at ?? now, WEEK_DAYS));
  const counts = rows.map(({ figures, ...row }) => ({
    ...row,
    figures: OverviewFigures.parse(figures),
  }));
  const refusals = counts.flatMap(({ figures }) => figures.refusals);
  const from = daysBefore(now, MONTH_DAYS);
  return {
    at: newest?.at ?? null,
    callable: counts.flatMap(({ sellerId, figures: { purpose, steps } }) => {
      const seller = sellers.find(({ id }) => id === sellerId);
      if (seller === undefined) return [];
      const { key, name } = seller;
      return [{ seller: { key, name }, purpose, steps, weekAgo: before.get(sellerId) ?? null }];
    }),
    consents: sumConsents(counts.flatMap(({ figures }) => figures.consents)),
    /** Span of the calls and opt-outs below, up to `at`. */
    refusalsFrom: newest ? new Date(OverviewFigures.parse(newest.figures).from) : null,
    campaigns: await nameCampaigns(ctx, sumRefusals(refusals, "campaign")),
    dialers: sumRefusals(refusals, "dialer"),
    bypassesFrom: from,
    bypasses: await countBypasses(ctx, { from, before: daysBefore(from, MONTH_DAYS) }),
  };
}

export type Overview = Awaited<ReturnType<typeof readOverview>>;

/** Loads what each seller's overview said on the day of an instant. */
async function loadCallableAt({ db, organizationId }: TransactionContext, at: Date) {
  const rows = await db.overviewCount.findMany({
    where: { organizationId, day: new Date(Math.floor(at.getTime() / DAY_MS) * DAY_MS) },
    select: { sellerId: true, figures: true },
  });
  return new Map<string, EndStepCounts>(
    rows.map(({ sellerId, figures }) => [sellerId, OverviewFigures.parse(figures).steps]),
  );
}

type ConsentCount = OverviewFigures["consents"][number];

function sumConsents(counts: readonly ConsentCount[]): ConsentCount[] {
  const bySource = Map.groupBy(counts, ({ source }) => source);
  return [...bySource]
    .map(([source, rows]) => ({
      source,
      consents: rows.reduce((sum, { consents }) => sum + consents, 0),
      weak: rows.reduce((sum, { weak }) => sum + weak, 0),
    }))
    .toSorted((a, b) => b.consents - a.consents);
}

/** Adds the names of campaigns to sums by key. A log may name a campaign that is not one of ours. */
async function nameCampaigns(
  { db, organizationId }: TransactionContext,
  sums: ReturnType<typeof sumRefusals>,
) {
  const rows = await db.campaign.findMany({
    where: { organizationId, key: { in: sums.map(({ name }) => name) } },
    select: { key: true, name: true },
  });
  const names = new Map(rows.map(({ key, name }) => [key, name]));
  return sums.map(({ name: key, ...sum }) => ({ key, name: names.get(key) ?? key, ...sum }));
}

const CauseRow = z.object({ cause: GateFault, count: z.int(), before: z.int() });

/** Counts calls without permission of the actor's sellers by how they were placed, since `from` and in the span before. */
async function countBypasses(
  { db, organizationId, actor }: TransactionContext,
  { from, before }: { from: Date; before: Date },
): Promise<CauseCount[]> {
  const sellers = visibleSellerIds(actor);
  const rows = await selectRows(
    { db },
    CauseRow,
    sql`
    SELECT cause, count(*) FILTER (WHERE violation.at >= ${from}::timestamptz)::int AS count,
      count(*) FILTER (WHERE violation.at < ${from}::timestamptz)::int AS before
    FROM violation CROSS JOIN unnest(codes) AS cause
    LEFT JOIN call ON call.organization_id = violation.organization_id AND call.id = call_id
    WHERE violation.organization_id = ${organizationId}::uuid
      AND violation.at >= ${before}::timestamptz AND cause = ANY (${GateFault.options}::text[])
      AND (${sellers}::uuid[] IS NULL OR call.seller_id = ANY (${sellers}::uuid[]))
    GROUP BY cause`,
  );
  return GateFault.options.map((cause) => {
    const row = rows.find((one) => one.cause === cause);
    return { cause, count: row?.count ?? 0, before: row?.before ?? 0 };
  });
}

type StepRequest = SellerStep & {
  /** A contact, the last of the page before. */
  after: ContactId | undefined;
  take: number;
};

/**
 * Finds contacts who ended at a step at the last count, last added first. Throws if the seller is unknown or the actor
 * does not work for it.
 */
export async function findContactsAtStep(
  ctx: TransactionContext,
  { seller: key, step, after, take }: StepRequest,
): Promise<ContactId[]> {
  const { db, organizationId } = ctx;
  const { seller, fault } = findSeller(await loadSellers(ctx), key);
  if (fault) throw new ServiceError("invalid-field", fault, "/seller");
  allowSeller(ctx, seller.id);
  const last = after && (await db.contact.findFirst({ where: { organizationId, id: after } }));
  const found: ContactId[] = [];
  for (let before = last?.ordinal ?? Number.MAX_SAFE_INTEGER; ;) {
    const ended = { sellerId: seller.id, step };
    const ordinals = await loadOrdinalsBefore(ctx, ended, { before, take });
    // Those who were erased since the count are left out.
    const rows = await db.contact.findMany({
      where: { organizationId, ordinal: { in: ordinals }, erasedAt: null },
      orderBy: { ordinal: "desc" },
      select: { id: true },
    });
    found.push(...rows.map(({ id }) => ContactId.parse(id)));
    const lowest = ordinals.at(-1);
    if (found.length >= take || ordinals.length < take || lowest === undefined) {
      return found.slice(0, take);
    }
    before = lowest;
  }
}

/** Each is 8 KiB. If few people of a block ended at the step, a page needs many blocks. */
const BLOCKS_AT_ONCE = 16;

async function loadOrdinalsBefore(
  { db, organizationId }: TransactionContext,
  ended: { sellerId: SellerId; step: EndStep },
  { before, take }: { before: number; take: number },
): Promise<number[]> {
  const ordinals: number[] = [];
  for (let below = Math.min(Math.floor(before / BLOCK_PEOPLE), MAX_BLOCK) + 1; ;) {
    const blocks = await db.overviewBlock.findMany({
      where: { organizationId, ...ended, block: { lt: below } },
      orderBy: { block: "desc" },
      take: BLOCKS_AT_ONCE,
    });
    for (const { block, bits } of blocks) {
      const found = [...listOrdinals(block, bits)].filter((ordinal) => ordinal < before);
      ordinals.push(...found.toReversed().slice(0, take - ordinals.length));
      if (ordinals.length >= take) return ordinals;
      below = block;
    }
    if (blocks.length < BLOCKS_AT_ONCE) return ordinals;
  }
}

/** The greatest block that the database can store, less one. */
const MAX_BLOCK = 2 ** 31 - 2;
