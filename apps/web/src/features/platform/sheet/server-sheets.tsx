import type { GateState } from "@/components/fence/gate";
import { Fence, FenceMicro, FenceStrip, GateGlyph } from "@/components/fence/fence";
import { Seal } from "@/components/seal";
import { Facts, Section } from "@/components/page-layout";
import { Verdict } from "@/components/verdict";
import { answers, hashes, optOuts, tokens, weeks } from "./samples";
import { words } from "./words";
import type { Route } from "next";
import { FilterChip, FilterChoice, FilterText } from "@/components/filter-controls";
import { Filters } from "@/components/filters";
import { AgeBar, LocalTime } from "@/components/dates";
import { Pager } from "@/components/pager";
import { PhoneText } from "@/components/people";
import { type Column, type Sort, Table } from "@/components/table";
import { RowMenu } from "./client-sheets";
import { Badge, statuses } from "@/components/badge";
import { BarChart, LineChart } from "@/components/charts/charts";
import type { Series } from "@/components/charts/series";
import { CopyButton } from "@/components/client-buttons";
import { Count, Share, ShareBar } from "@/components/numbers";

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
          <h3>{words.micro}</h3>
          {Object.entries(answers).map(([name, answer]) => (
            <p key={name}>
              <FenceMicro answer={answer} />
            </p>
          ))}
          <h3 className="mt-3">{words.seals}</h3>
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
  {
    key: "more",
    head: <span className="sr-only">{words.more}</span>,
    isFigure: true,
    cell: () => <RowMenu />,
  },
];

export const ListSheet = ({ sort }: { sort: Sort }) => (
  <Section title={words.table} aside={words.tableNote}>
    <Filters label={words.filter} aside={words.csv}>
      <FilterText param="q" label={words.phoneOrReference} placeholder={words.phoneOrReference} />
      <FilterChoice
        param="channel"
        label={words.channel}
        any={words.anyChannel}
        choices={[
          { value: "agent", label: words.agent },
          { value: "web", label: words.web },
        ]}
      />
      <FilterChip param="channel" label={words.channelAgent} />
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
const chart = {
  title: words.optOutsAWeek,
  sentence: words.optOutsSentence,
  rowHead: words.week,
  series,
  rows: weeks.map(([label, web, agents, sms]) => ({ label, values: { web, agents, sms } })),
};
const { at } = answers.refused.checked;

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
            <i
              className="h-6 rounded-sm border border-line-strong"
              style={{ background: `var(--${token})` }}
            />
            {token}
          </li>
        ))}
      </ul>
    </div>
  </Section>
);
