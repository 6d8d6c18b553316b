import type { Route } from "next";
import { FilterChip } from "@/components/filters/filter-chip";
import { FilterChoice } from "@/components/filters/filter-choice";
import { FilterText } from "@/components/filters/filter-text";
import { Filters } from "@/components/filters/filters";
import { LocalTime } from "@/components/local-time";
import { Pager } from "@/components/pager";
import { PhoneText } from "@/components/phone-text";
import { Section } from "@/components/section";
import { type Column, type Sort, Table } from "@/components/table";
import { RowMenu } from "./row-menu";
import { optOuts } from "./samples";
import { words } from "./words";

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
        hrefOf: ({ key, direction }) => `/sheet?sort=${key}.${direction}` as Route,
      }}
    />
    <Pager label={words.pages} shown={words.shown} newer={null} older={"/sheet?after=1"} />
  </Section>
);
