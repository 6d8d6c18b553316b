import type { GateState, ScreeningAnswer } from "@/components/fence/gate";
import { Fence, FenceStrip, GateGlyph } from "@/components/fence/fence";
import { Seal } from "@/components/seal";
import { Facts, Section } from "@/components/page-layout";
import { Verdict } from "@/components/verdict";
import { words } from "./words";
import type { Route } from "next";
import { FilterChoice } from "@/components/filter-choice";
import { Filters } from "@/components/filters";
import { AgeBar, LocalTime } from "@/components/dates";
import { Pager } from "@/components/pager";
import { PhoneText } from "@/components/people";
import { type Column, type Sort, Table } from "@/components/table";
import { Badge, statuses } from "@/components/badge";
import { BarChart, LineChart } from "@/components/charts/charts";
import type { Series } from "@/components/charts/series";
import { CopyButton } from "@/components/client-buttons";
import { Count, Share, ShareBar } from "@/components/numbers";
import { ConsentId } from "@ringfence/core/ids";
import type { ReasonResponse } from "@ringfence/core/calling/screening";

const states: readonly GateState[] = ["open", "shut", "unchecked", "ajar", "none"];

export const FenceSheet = () => (
  <>
    <Section title={words.gates}>
      <div className="grid grid-cols-1 items-start gap-x-10 gap-y-6 pt-4 md:grid-cols-2">
        <ol className="gates gate-legend">
          {states.map((state) => (
            <li key={state} className={state}>
              <GateGlyph state={state} />
              <p className="what">
                <b>{words.gateStates[state][0]}</b>
              </p>
              <p className="said">{words.gateStates[state][1]}</p>
            </li>
          ))}
        </ol>
        <div className="grid gap-2">
          <h3>{words.seals}</h3>
          <p className="flex gap-2">
            {hashes.map((hash) => (
              <Seal key={hash} hash={hash} size={56} />
            ))}
          </p>
        </div>
      </div>
    </Section>
    <Section title={words.verdict}>
      <div className="pt-4">
        <Verdict verdict="refuse" meta={words.refusedMeta}>
          {words.refused}
        </Verdict>
        <Verdict verdict="allow" meta={words.allowedMeta}>
          {words.allowed}
        </Verdict>
      </div>
    </Section>
    <Section title={words.strip}>
      <div className="grid gap-6 pt-4">
        <FenceStrip answer={answers.allowed} />
        <FenceStrip answer={answers.refused} isLinked />
        <FenceStrip answer={answers.unchecked} />
      </div>
    </Section>
    <Section title={words.fence}>
      <Fence answer={answers.refused} />
    </Section>
  </>
);

type OptOut = (typeof optOuts)[number];

const columns: [Column<OptOut>, ...Column<OptOut>[]] = [
  { key: "phone", head: words.phone, cell: ({ phone }) => <PhoneText phone={phone} /> },
  { key: "scope", head: words.scope, cell: ({ scope }) => scope },
  {
    key: "since",
    head: words.since,
    isSortable: true,
    cell: ({ at }) => <LocalTime instant={at} zone="America/Chicago" />,
  },
  { key: "by", head: words.takenBy, isSortable: true, cell: ({ by }) => by },
  { key: "reference", head: words.reference, isFigure: true, cell: ({ reference }) => reference },
];

export const ListSheet = ({ sort }: { sort: Sort }) => (
  <Section title={words.table} aside={words.tableNote}>
    <Filters label={words.filter} aside={words.csv}>
      <FilterChoice
        param="channel"
        label={words.channel}
        any={words.anyChannel}
        choices={[
          { value: "agent", label: words.agent },
          { value: "web", label: words.web },
        ]}
      />
    </Filters>
    <Table
      caption={words.optOuts}
      columns={columns}
      rows={optOuts}
      rowKey={({ reference }) => reference}
      sort={{
        by: sort,
        toHref: ({ key, direction }) => `/sheet?sort=${key}.${direction}` as Route,
      }}
    />
    <Pager label={words.pages} shown={words.shown} newer={null} older={"/sheet?after=1"} />
  </Section>
);

const series: Series[] = [
  { key: "web", name: words.web, look: 1 },
  { key: "agents", name: words.agents, look: 2 },
  { key: "sms", name: words.sms, look: 3 },
];

const weeks = [
  ["5 Oct", 612, 420, 210],
  ["12 Oct", 640, 431, 204],
  ["19 Oct", 655, 402, 221],
  ["26 Oct", 701, 388, 230],
  ["2 Nov", 688, 395, 246],
  ["9 Nov", 720, 371, 240],
  ["16 Nov", 742, 366, 251],
] as const;

const chart = {
  title: words.optOutsAWeek,
  sentence: words.optOutsSentence,
  rowHead: words.week,
  series,
  rows: weeks.map(([label, web, agents, sms]) => ({ label, values: { web, agents, sms } })),
};

export const ValueSheet = () => (
  <>
    <Section title={words.badges} aside={words.badgesNote}>
      <p className="flex flex-wrap gap-x-6 gap-y-3 pt-4">
        {statuses.map((status) => (
          <Badge key={status} status={status} />
        ))}
      </p>
    </Section>
    <Section title={words.ages}>
      <div className="grid max-w-[30rem] gap-3 pt-4 text-sm">
        <AgeBar ageDays={1} limitDays={31} />
        <AgeBar ageDays={86} limitDays={92} />
        <AgeBar ageDays={64} limitDays={60} />
        <ShareBar part={0.614} />
      </div>
    </Section>
    <Section title={words.charts}>
      <div className="grid grid-cols-1 items-start gap-x-10 gap-y-6 md:grid-cols-2">
        <LineChart {...chart} />
        <BarChart {...chart} />
      </div>
    </Section>
    <Section title={words.values}>
      <Facts
        facts={[
          { name: words.moment, value: <LocalTime instant={at} zone="America/Chicago" /> },
          {
            name: words.evidence,
            value: <LocalTime instant={at} zone="America/Chicago" precision="evidence" />,
            notes: [
              <LocalTime key="moscow" instant={at} zone="Europe/Moscow" precision="weekday" />,
            ],
          },
          { name: words.day, value: <LocalTime instant={at} precision="day" /> },
          {
            name: words.phones,
            value: <PhoneText phone="+12145550142" />,
            notes: [<PhoneText key="ru" phone="+79990000017" />],
          },
          { name: words.count, value: <Count value={1_204_880} /> },
          { name: words.share, value: <Share count={739_812} of={1_204_880} /> },
          {
            name: words.hash,
            value: <code>{hashes[0]}</code>,
            notes: [<CopyButton key="copy" text={hashes[0] ?? ""} />],
          },
        ]}
      />
    </Section>
    <TypeSheet />
  </>
);

const TypeSheet = () => (
  <Section title={words.type}>
    <div className="grid grid-cols-1 items-start gap-x-10 gap-y-6 pt-4 md:grid-cols-2">
      <div>
        {words.specimens.map(([size, className, text]) => (
          <p
            key={size}
            className="grid grid-cols-[5rem_minmax(0,1fr)] items-baseline border-b border-line py-1"
          >
            <span className="text-xs text-muted">{size}</span>
            <span className={className}>{text}</span>
          </p>
        ))}
      </div>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(9.5rem,1fr))] gap-x-4 gap-y-2 text-sm">
        {tokens.map((token) => (
          <li key={token} className="grid grid-cols-[2rem_1fr] items-center gap-2">
            <svg aria-hidden className="h-6 w-full rounded-sm border border-line-strong">
              <rect width="100%" height="100%" fill={`var(--${token})`} />
            </svg>
            {token}
          </li>
        ))}
      </ul>
    </div>
  </Section>
);

// All people, firms and numbers below are invented.

const at = new Date("2026-11-25T14:47:02Z");
const checked = {
  at,
  whatIf: false,
  jurisdictions: ["US", "US-TX"],
  zones: ["America/Chicago"],
  consent: {
    id: ConsentId.parse("0195a000-0000-7000-8000-000000000001"),
    since: new Date("2026-05-12T18:04:27Z"),
  },
  editions: [
    { registry: "US-FTC-DNC", edition: 412, ageDays: 0.53, limitDays: 31 },
    { registry: "US-TX-NCL", edition: 9, ageDays: 63.52, limitDays: 60 },
  ],
  rules: "7c41e20b",
  ledgerSize: null,
};
const fresh = [
  { registry: "US-FTC-DNC", edition: 412, ageDays: 0.53, limitDays: 31 },
  { registry: "US-TX-NCL", edition: 10, ageDays: 5.1, limitDays: 60 },
];

const optedOut: ReasonResponse = {
  reason: "opted-out",
  citation: "47 CFR 64.1200(d)(3)",
  since: new Date("2026-10-14T21:12:09Z"),
  sentence: "On 14 Oct 2026, 16:12 CDT the person asked not to be called. Do not call.",
};
const unchecked: ReasonResponse = {
  reason: "registry-unchecked",
  registry: "US-TX-NCL",
  citation: "Tex. Bus. & Com. Code ch. 304",
  sentence: "US-TX-NCL was last read on 22 Sep 2026, 02:14 CDT, and may be 60 days old. Sync it.",
};
const closed: ReasonResponse = {
  reason: "outside-calling-hours",
  citation: "Tex. Bus. & Com. Code 301.051",
  until: new Date("2026-11-25T15:00:00Z"),
  sentence: "It is 08:47 where the person is, which is outside calling hours.",
};

const answers = {
  allowed: {
    verdict: "allow",
    refusals: [],
    warnings: [],
    checked: { ...checked, editions: fresh },
  },
  warned: {
    verdict: "allow",
    refusals: [],
    warnings: [unchecked],
    checked: { ...checked, editions: fresh },
  },
  refused: {
    verdict: "refuse",
    refusals: [optedOut, unchecked, closed],
    warnings: [],
    checked,
  },
  unchecked: {
    verdict: "refuse",
    refusals: [{ reason: "cannot-check", sentence: "The call could not be checked." }],
    warnings: [],
  },
} satisfies Record<string, ScreeningAnswer>;

const optOuts = [
  { phone: "+13035550187", scope: "All calls", at, by: "A. Lindqvist", reference: "4H7K 9Q2T" },
  { phone: "+13125550176", scope: "Example Bank", at, by: "R. Castell", reference: "9C2M X4RD" },
  {
    phone: "+79990000017",
    scope: "marketing.loans",
    at,
    by: "T. Banerjee",
    reference: "E6TY 0QV3",
  },
];

const hashes = ["ef8b2c91a04d77e0135fb6aa", "80ecdd8319f4a2b05c7e6d10", "2ff69822d3e1b7480cafe551"];

const tokens = [
  "surface",
  "surface-sunken",
  "surface-raised",
  "surface-hover",
  "surface-selected",
  "ink",
  "muted",
  "line",
  "line-strong",
  "accent",
  "allow",
  "allow-wash",
  "refuse",
  "refuse-wash",
  "warn",
  "warn-wash",
  "focus",
  "chart-1",
  "chart-2",
  "chart-3",
  "chart-4",
  "chart-5",
  "chart-6",
];
