import { DrawSample, MAX_SAMPLE, SampleKind } from "@ringfence/core/desk/sample";
import { daysBefore } from "@ringfence/core/platform/time";
import type { Sample, SampleItem } from "@ringfence/services/desk/sample";
import type { Metadata } from "next";
import { useLocale, useNow, useTimeZone, useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import Link from "next/link";
import { createLoader, parseAsInteger, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { Banner } from "@/components/banner";
import { SubmitButton } from "@/components/client-buttons";
import { LocalTime } from "@/components/dates";
import { Field, Input, SelectField } from "@/components/fields";
import { ListPage } from "@/components/list-page";
import { Empty } from "@/components/page-layout";
import { RecordedPhone } from "@/components/people";
import { type Column, Table } from "@/components/table";
import { zoneLabel } from "@/i18n/format-time";
import { api } from "@/server/caller";
import { requireMember } from "@/server/current-member";
import { readDay, toSpan } from "@/server/days-in-address";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("sample");
  return { title: t("title") };
}

const load = createLoader({
  kind: parseAsStringLiteral(SampleKind.options),
  seed: parseAsString,
  size: parseAsInteger,
  from: parseAsString,
  to: parseAsString,
});

const USUAL_DAYS = 90;
const USUAL_SIZE = 25;
const toDay = (at: Date) => at.toISOString().slice(0, 10);

/** An auditor draws a sample of records by a seed and checks each record's proof. */
export default async function SamplePage({ searchParams }: PageProps<"/sample">) {
  const { zone } = await requireMember("sample.draw");
  const [t, asked] = [await getTranslations("sample"), await load(searchParams)];
  const { kind, seed, size } = asked;
  const [from, to] = [readDay(asked.from), readDay(asked.to)];
  const isAsked = seed !== null;
  const request = DrawSample.safeParse({ kind, seed, size, ...toSpan({ from, to }, zone) }).data;
  const now = new Date();
  return (
    <ListPage title={t("title")} note={t("note")}>
      <form action="/sample" className="grid max-w-[36rem] gap-4 py-3">
        <SelectField
          name="kind"
          label={t("kind")}
          choices={SampleKind.options.map((key) => ({ key, name: t(`kinds.${key}`) }))}
          chosen={kind ?? undefined}
        />
        <div className="grid gap-4 sm:grid-cols-3">
          <Field label={t("from")}>
            {(given) => (
              <Input
                {...given}
                type="date"
                name="from"
                required
                defaultValue={from ?? toDay(daysBefore(now, USUAL_DAYS))}
              />
            )}
          </Field>
          <Field label={t("to")}>
            {(given) => (
              <Input {...given} type="date" name="to" required defaultValue={to ?? toDay(now)} />
            )}
          </Field>
          <Field label={t("size")}>
            {(given) => (
              <Input
                {...given}
                type="number"
                name="size"
                min={1}
                max={MAX_SAMPLE}
                required
                defaultValue={size ?? USUAL_SIZE}
              />
            )}
          </Field>
        </div>
        <Field label={t("seed")} hint={t("seedHint")}>
          {(given) => (
            <Input {...given} name="seed" maxLength={64} required defaultValue={seed ?? ""} />
          )}
        </Field>
        <p>
          <SubmitButton busy={t("drawing")}>{t("draw")}</SubmitButton>
        </p>
      </form>
      {isAsked && request === undefined && <Banner title={t("invalid")}>{t("invalidBody")}</Banner>}
      {request && <Drawn sample={await api.sample.draw(request)} kind={request.kind} />}
    </ListPage>
  );
}

function Drawn({ sample, kind }: { sample: Sample; kind: SampleKind }) {
  const t = useTranslations("sample");
  const zone = zoneLabel(useLocale(), useTimeZone() ?? "UTC", useNow());
  const { items, population } = sample;
  if (items.length === 0) return <Empty title={t("none")}>{t("noneBody")}</Empty>;
  const columns: [Column<SampleItem>, ...Column<SampleItem>[]] = [
    {
      key: "at",
      head: t("at", { zone }),
      cell: ({ at }) => <LocalTime instant={at} precision="cell" />,
    },
    {
      key: "whom",
      head: t("whom"),
      narrow: t("whom"),
      cell: (row) => <RecordedPhone {...row} />,
    },
    {
      key: "proof",
      head: t("proof"),
      narrow: t("proof"),
      cell: (item) => <Proof item={item} kind={kind} />,
    },
    {
      key: "id",
      head: t("id"),
      narrow: t("id"),
      cell: ({ id }) => <code className="text-sm break-all">{id}</code>,
    },
  ];
  return (
    <>
      <output className="block py-3">{t("drawn", { count: items.length, population })}</output>
      <Table
        isStack
        caption={t("caption")}
        columns={columns}
        rows={items}
        rowKey={({ id }) => id}
      />
      <p className="pt-3 text-sm text-muted">{t("method")}</p>
    </>
  );
}

/** Links with which the auditor checks a record. A call has no statement of its own, but its screening has one. */
function Proof({ item: { id, screeningId }, kind }: { item: SampleItem; kind: SampleKind }) {
  const t = useTranslations("sample");
  const screening = kind === "screenings" ? id : screeningId;
  return (
    <span className="flex flex-wrap gap-x-3">
      {kind !== "calls" && (
        <Link href={`/certificates/${id}`} prefetch={false}>
          {t("certificate")}
        </Link>
      )}
      {screening !== null && (
        <Link href={`/screenings/${screening}`} prefetch={false}>
          {t("screening")}
        </Link>
      )}
      {kind === "calls" && screening === null && t("notScreened")}
    </span>
  );
}
