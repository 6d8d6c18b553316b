import { sql } from "kysely";
import { z } from "zod";
import { sumEndSteps, toCallablePercent } from "@ringfence/core/audience/segment";
import { Dialer } from "@ringfence/core/account/organization";
import type { sumRefusals } from "@ringfence/core/desk/overview";
import { DAY_MS } from "@ringfence/core/platform/time";
import { type Locale, type Message, formatInstant, say } from "@ringfence/core/platform/message";
import { type TransactionContext, selectRow } from "../../platform/internal.ts";
import { loadOverview } from "../overview/internal.ts";
import {
  type Need,
  countCalls,
  countEndingConsents,
  loadNeeds,
  loadReadableRegistries,
  measureOptOutSpeed,
} from "../today/internal.ts";

/** A report as a mail and a PDF show it. It has figures and names of sellers and campaigns, and nobody's data. */
export type Report = {
  title: string;
  lead: string;
  sections: readonly { title: string; lines: readonly Line[] }[];
};

type Line = { label: string; value: string };

type ReportSettings = { locale: Locale; zone: string };
type Tell = (message: Message) => string;
type Span = { from: Date; until: Date };

const WEEK_MS = 7 * DAY_MS;
/** Campaigns, and kinds of dialers, that are listed. */
const MOST_LISTED = 5;

/**
 * Composes the report of the last seven whole days (UTC, as calls are counted): what needs the actor's attention, most
 * urgent first, and the figures of the organization beside those of the seven days before.
 */
export async function composeReport(
  ctx: TransactionContext,
  { locale, zone }: ReportSettings,
): Promise<Report> {
  const tell: Tell = (message) => say(locale, message, zone);
  const today = Math.floor(ctx.now.getTime() / DAY_MS) * DAY_MS;
  const week = { from: new Date(today - WEEK_MS), until: new Date(today) };
  const before = { from: new Date(week.from.getTime() - WEEK_MS), until: week.from };
  const { name: organization } = await ctx.db.organization.findUniqueOrThrow({
    where: { id: ctx.organizationId },
    select: { name: true },
  });
  const needs = [
    ...(await loadNeeds(ctx, await loadReadableRegistries(ctx))),
    ...(await countEndingConsents(ctx)),
  ];
  const overview = await loadOverview(ctx);
  const format = (at: Date) => formatInstant(locale, "UTC", at, "day");
  const lastDay = new Date(week.until.getTime() - DAY_MS);
  return {
    title: tell({ key: "report.title", values: { organization } }),
    lead: tell({
      key: "report.lead",
      values: { from: format(week.from), until: format(lastDay) },
    }),
    sections: [
      { title: tell({ key: "report.needs" }), lines: describeNeeds(needs, tell) },
      { title: tell({ key: "report.callable" }), lines: describeCallable(overview, tell) },
      {
        title: tell({ key: "report.opt-outs" }),
        lines: await describeOptOuts(ctx, { week, before }, { locale, tell }),
      },
      { title: tell({ key: "report.calls" }), lines: await describeCalls(ctx, week, before, tell) },
      { title: tell({ key: "report.consents" }), lines: describeConsents(overview, tell) },
      {
        title: tell({ key: "report.by-campaign" }),
        lines: describeRates(overview, overview.campaigns, { locale, tell }),
      },
      {
        title: tell({ key: "report.by-dialer" }),
        lines: describeRates(
          overview,
          overview.dialers.map((row) => ({ ...row, name: nameDialer(row.name, tell) })),
          { locale, tell },
        ),
      },
    ],
  };
}

/** Says how many there are of each kind of need, in the order of their urgency. */
function describeNeeds(needs: readonly Need[], tell: Tell): Line[] {
  const groups = Map.groupBy(needs, ({ when, kind }) => `${when} ${kind}`);
  const lines = [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const count = group.reduce((sum, need) => sum + countNeed(need), 0);
    const label = tell({ key: `report.when.${first.when}` });
    return [{ label, value: tell({ key: `report.need.${first.kind}`, values: { count } }) }];
  });
  return lines.length > 0 ? lines : [{ label: "", value: tell({ key: "report.no-needs" }) }];
}

function countNeed(need: Need): number {
  if ("count" in need) return need.count;
  return "names" in need ? need.names.length : 1;
}

type Overview = Awaited<ReturnType<typeof loadOverview>>;

const describeUncounted = (tell: Tell): Line[] => [
  { label: "", value: tell({ key: "report.not-counted" }) },
];

function describeCallable({ callable }: Overview, tell: Tell): Line[] {
  if (callable.length === 0) return describeUncounted(tell);
  return callable.map(({ seller, steps, weekAgo }) => ({
    label: seller.name,
    value: [
      tell({
        key: "report.callable-of",
        values: {
          share: toCallablePercent(steps),
          count: steps.callable,
          contacts: sumEndSteps(steps),
        },
      }),
      ...(weekAgo
        ? [tell({ key: "report.week-ago", values: { share: toCallablePercent(weekAgo) } })]
        : []),
    ].join(" "),
  }));
}

type Spans = { week: Span; before: Span };

async function describeOptOuts(
  ctx: TransactionContext,
  { week, before }: Spans,
  { locale, tell }: { locale: Locale; tell: Tell },
): Promise<Line[]> {
  const counts = await countOptOuts(ctx, { week, before });
  const speed = await measureOptOutSpeed(ctx, week);
  const speedBefore = await measureOptOutSpeed(ctx, before);
  const describe = (heard: typeof speed.heard) =>
    heard === null
      ? tell({ key: "report.speed-none" })
      : tell({
          key: "report.speed",
          values: {
            p50: formatDuration(locale, heard.p50),
            p95: formatDuration(locale, heard.most),
          },
        });
  return [
    { label: tell({ key: "report.recorded" }), value: tell(compare(counts)) },
    { label: tell({ key: "report.reached" }), value: describe(speed.heard) },
    {
      label: tell({ key: "report.waiting" }),
      value: new Intl.NumberFormat(locale).format(speed.waiting),
    },
    { label: tell({ key: "report.reached-before" }), value: describe(speedBefore.heard) },
  ];
}

type Compared = { count: number; before: number };

const compare = (values: Compared): Message => ({ key: "report.compare", values });

const countOptOuts = ({ db, organizationId }: TransactionContext, { week, before }: Spans) =>
  selectRow(
    { db },
    z.object({ count: z.int(), before: z.int() }),
    sql`
    SELECT count(*) FILTER (WHERE recorded_at >= ${week.from}::timestamptz)::int AS count,
      count(*) FILTER (WHERE recorded_at < ${week.from}::timestamptz)::int AS before
    FROM opt_out WHERE organization_id = ${organizationId}::uuid
      AND recorded_at >= ${before.from}::timestamptz AND recorded_at < ${week.until}::timestamptz`,
  );

async function describeCalls(
  ctx: TransactionContext,
  week: Span,
  before: Span,
  tell: Tell,
): Promise<Line[]> {
  const now = await countCalls(ctx, week);
  const past = await countCalls(ctx, before);
  if (now === null || past === null) return [];
  return (["calls", "afterRefusal", "bypassed"] as const).map((figure) => ({
    label: tell({ key: `report.figure.${figure}` }),
    value: tell(compare({ count: now[figure], before: past[figure] })),
  }));
}

function describeConsents({ at, consents }: Overview, tell: Tell): Line[] {
  if (at === null) return describeUncounted(tell);
  const total = consents.reduce((sum, { consents: count }) => sum + count, 0);
  const weak = consents.reduce((sum, row) => sum + row.weak, 0);
  return [
    {
      label: tell({ key: "report.proof" }),
      value: tell({ key: "report.consents-of", values: { total, weak } }),
    },
  ];
}

/** Names a kind of dialer as a call log wrote it. */
function nameDialer(written: string, tell: Tell): string {
  const known = Dialer.safeParse(written).data;
  return known ? tell({ key: `report.dialer.${known}` }) : written;
}

/** Lists opt-outs per call in 30 days, of the campaigns or dialers with the most opt-outs. */
function describeRates(
  { at }: Overview,
  sums: ReturnType<typeof sumRefusals>,
  { locale, tell }: { locale: Locale; tell: Tell },
): Line[] {
  if (at === null) return describeUncounted(tell);
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
  const toLine = (label: string, { calls, refused }: ReturnType<typeof sumRefusals>[number]) => ({
    label: label === "" ? tell({ key: "report.unnamed" }) : label,
    value: tell({
      key: "report.rate",
      values: { rate: calls === 0 ? "–" : percent.format(refused / calls), refused, calls },
    }),
  });
  const lines = sums.slice(0, MOST_LISTED).map((row) => toLine(row.name, row));
  return lines.length > 0 ? lines : [{ label: "", value: tell({ key: "report.no-calls" }) }];
}

const units = [
  { unit: "day", ms: DAY_MS },
  { unit: "hour", ms: 3_600_000 },
  { unit: "minute", ms: 60_000 },
  { unit: "second", ms: 1_000 },
] as const;

function formatDuration(locale: Locale, duration: number): string {
  const { unit, ms } = units.find((one) => duration >= one.ms) ?? { unit: "millisecond", ms: 1 };
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit,
    unitDisplay: "short",
    maximumFractionDigits: unit === "millisecond" ? 0 : 1,
  }).format(duration / ms);
}
