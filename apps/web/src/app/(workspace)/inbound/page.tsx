import { may } from "@ringfence/core/platform/access";
import { toActor } from "@ringfence/services/account/member";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type {
  SeenCode,
  listDispositions,
  listSources,
} from "@ringfence/services/do-not-call/inbound";
import { useTranslations } from "next-intl";
import { Button } from "@/components/buttons";
import { ListPage } from "@/components/list-page";
import { Empty, Section } from "@/components/page-layout";
import {
  ConnectMailgun,
  ConnectTwilio,
  MapCode,
  QuestionList,
  ReadingChoice,
  SourceActions,
} from "@/features/do-not-call/inbound/inbound-forms";
import { api } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";
import { Count } from "@/components/numbers";
import { type Column, Table } from "@/components/table";
import { LocalTime } from "@/components/dates";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("inbound");
  return { title: t("title") };
}

export default async function InboundPage() {
  const member = await requireMember("inbound.read");
  const [t, twilio, mailgun, refusal, notMend] = await Promise.all([
    getTranslations("inbound"),
    getTranslations("twilio"),
    getTranslations("mailgun"),
    whyNot(member, "inbound.change"),
    whyNot(member, "opt-out.mend"),
  ]);
  return (
    <ListPage title={t("title")} note={t("note")}>
      {may(toActor(member), "opt-out.read") && <Questions whyNot={notMend} />}
      <Codes whyNot={refusal} />
      <Provider provider="twilio" t={twilio} whyNot={refusal} />
      <Provider provider="mailgun" t={mailgun} whyNot={refusal} />
    </ListPage>
  );
}

type PartProps = { whyNot: string | undefined };

async function Questions({ whyNot }: PartProps) {
  const [t, { items, count }] = await Promise.all([
    getTranslations("questions"),
    api.inbound.questions(),
  ]);
  return (
    <Section title={t("title")} aside={t("count", { count })}>
      {items.length === 0 ? (
        <Empty title={t("none")}>{t("noneBody")}</Empty>
      ) : (
        <QuestionList questions={items} whyNot={whyNot} />
      )}
    </Section>
  );
}

async function Codes({ whyNot }: PartProps) {
  const [t, { mapped, seen }] = await Promise.all([
    getTranslations("dispositions"),
    api.inbound.dispositions(),
  ]);
  const isShut = whyNot !== undefined;
  return (
    <Section title={t("title")}>
      <p className="max-w-[46rem] py-2.5 text-muted">{t("note")}</p>
      {mapped.length > 0 && <MappedTable codes={mapped} isShut={isShut} />}
      {isShut ? <Button whyNot={whyNot}>{t("save")}</Button> : <MapCode />}
      {seen.length > 0 && (
        <>
          <h3 className="pt-4 text-base font-semibold">{t("seen")}</h3>
          <SeenTable codes={seen} isShut={isShut} />
        </>
      )}
    </Section>
  );
}

const connectForms = { twilio: ConnectTwilio, mailgun: ConnectMailgun };

type ProviderProps = PartProps & {
  provider: keyof typeof connectForms;
  t: (key: "title" | "note" | "caption" | "accountHead" | "connect") => string;
};

async function Provider({ whyNot, provider, t }: ProviderProps) {
  const sources = (await api.inbound.sources()).filter((source) => source.provider === provider);
  const words = { caption: t("caption"), account: t("accountHead") };
  const Connect = connectForms[provider];
  return (
    <Section title={t("title")}>
      <p className="max-w-[46rem] py-2.5 text-muted">{t("note")}</p>
      {sources.length > 0 && (
        <SourceTable sources={sources} words={words} mayChange={whyNot === undefined} />
      )}
      {whyNot === undefined ? (
        <Connect />
      ) : (
        <div className="py-3">
          <Button whyNot={whyNot}>{t("connect")}</Button>
        </div>
      )}
    </Section>
  );
}

/** System of the codes in call logs, because logs do not name theirs. */
const SYSTEM = "calls";

type Mapped = Awaited<ReturnType<typeof listDispositions>>["mapped"][number];

type MappedTableProps = { codes: readonly Mapped[]; isShut: boolean };

/** Table of mapped codes by system. */
function MappedTable({ codes, isShut }: MappedTableProps) {
  const t = useTranslations("dispositions");
  const columns: [Column<Mapped>, ...Column<Mapped>[]] = [
    { key: "code", head: t("code"), cell: ({ code }) => <code className="font-mono">{code}</code> },
    {
      key: "system",
      head: t("system"),
      narrow: t("system"),
      cell: ({ system }) => (system === SYSTEM ? t("callLogs") : system),
    },
    {
      key: "means",
      head: t("means"),
      narrow: "full",
      cell: (code) => <ReadingChoice {...code} isShut={isShut} />,
    },
  ];
  return (
    <Table
      isStack
      caption={t("mapped")}
      columns={columns}
      rows={codes}
      rowKey={({ system, code }) => `${system} ${code}`}
    />
  );
}

type SeenTableProps = { codes: readonly SeenCode[]; isShut: boolean };

/** Table of codes that came with calls and are not mapped yet. Those that may be opt-outs come first. */
function SeenTable({ codes, isShut }: SeenTableProps) {
  const t = useTranslations("dispositions");
  const columns: [Column<SeenCode>, ...Column<SeenCode>[]] = [
    { key: "code", head: t("code"), cell: ({ code }) => <code className="font-mono">{code}</code> },
    {
      key: "calls",
      head: t("calls"),
      narrow: t("calls"),
      isFigure: true,
      cell: ({ calls }) => <Count value={calls} />,
    },
    {
      key: "means",
      head: t("takenFor"),
      narrow: "full",
      cell: ({ code, reading }) => <ReadingChoice system={SYSTEM} {...{ code, reading, isShut }} />,
    },
  ];
  return (
    <Table isStack caption={t("seen")} columns={columns} rows={codes} rowKey={({ code }) => code} />
  );
}

type Source = Awaited<ReturnType<typeof listSources>>[number];

type SourceTableProps = {
  sources: readonly Source[];
  /** Caption of the table, and the heading for an account's name. */
  words: { caption: string; account: string };
  /** True if the member may change accounts. The page says who may. */
  mayChange: boolean;
};

/** Table of a provider's accounts whose requests are trusted. */
function SourceTable({ sources, words, mayChange }: SourceTableProps) {
  const t = useTranslations("inboundSources");
  const columns: [Column<Source>, ...Column<Source>[]] = [
    {
      key: "account",
      head: words.account,
      cell: ({ account, origin }) => (
        <>
          <code className="font-mono text-sm break-all">{account}</code>
          {origin && <span className="block text-sm break-all text-muted">{origin}</span>}
        </>
      ),
    },
    {
      key: "since",
      head: t("since"),
      narrow: t("since"),
      cell: ({ createdAt }) => <LocalTime instant={createdAt} />,
    },
  ];
  const actions: Column<Source> = {
    key: "actions",
    head: <span className="sr-only">{t("actions")}</span>,
    narrow: "full",
    cell: ({ id, account }) => <SourceActions sourceId={id} account={account} />,
  };
  return (
    <Table<Source>
      isStack
      caption={words.caption}
      columns={mayChange ? [...columns, actions] : columns}
      rows={sources}
      rowKey={({ id }) => id}
    />
  );
}
