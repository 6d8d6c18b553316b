import { ScrubId } from "@ringfence/core/ids";
import { bundledRuleBook } from "@ringfence/core/people/jurisdiction";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { DetailPage } from "@/components/detail-page";
import { Columns, type Fact, Facts, Section } from "@/components/page-layout";
import { ExportList } from "@/components/export-list";
import { FindRow, RepeatButton } from "@/features/calling/scrub/progress";
import { type ScrubNames, ScrubSubject, createNames } from "@/features/calling/scrub/words";
import { ReasonTable, ScrubState } from "@/features/calling/scrub/detail/outcome";
import { api, loadOrNotFound } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";
import type { ScrubView } from "@ringfence/services/calling/scrub";
import Link from "next/link";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { ByteSize } from "@/components/numbers";
import { CopyButton } from "@/components/client-buttons";
import { LocalTime } from "@/components/dates";
import { Seal } from "@/components/seal";

type ScrubPageProps = PageProps<"/scrubs/[scrubId]">;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("scrub");
  return { title: t("title") };
}

export default async function ScrubPage({ params }: ScrubPageProps) {
  const member = await requireMember("scrub.read");
  const [t, refusal, scrub, sellers, purposes] = await Promise.all([
    getTranslations("scrub"),
    whyNot(member, "scrub.run"),
    loadScrub(await params),
    api.seller.list(),
    api.purpose.list(),
  ]);
  const named = createNames(sellers, purposes);
  const { counts, id, status } = scrub;
  const isOver = status === "done" || status === "failed";
  return (
    <DetailPage
      title={scrub.fileName}
      note={<ScrubSubject scrub={scrub} named={named} />}
      actions={
        <span className="flex flex-wrap items-start gap-2">
          {isOver && <RepeatButton scrubId={id} whyNot={refusal} />}
          {status === "done" && (
            <ExportList look="primary" action={`/api/scrubs/${id}/result`}>
              {t("download")}
            </ExportList>
          )}
        </span>
      }
    >
      <ScrubState scrub={scrub} />
      <Columns isEven={status === "failed"}>
        {counts && (
          <Section title={t("why")} aside={t("whyNote")}>
            <ReasonTable counts={counts} />
          </Section>
        )}
        {!isOver && (
          <Section title={t("next")}>
            <p className="max-w-[46rem] pt-2.5 text-muted">{t("nextBody")}</p>
          </Section>
        )}
        <div className="grid gap-8">
          <Section title={t("facts")}>
            <ScrubFacts scrub={scrub} named={named} />
          </Section>
          {scrub.record !== null && scrub.rows > 0 && (
            <Section title={t("findRow")}>
              <FindRow scrubId={id} rows={scrub.rows} />
            </Section>
          )}
        </div>
      </Columns>
    </DetailPage>
  );
}

function loadScrub({ scrubId }: Awaited<ScrubPageProps["params"]>) {
  const id = ScrubId.safeParse(scrubId);
  return id.success ? loadOrNotFound(api.scrub.read({ scrubId: id.data })) : notFound();
}

/** Facts about a scrub: its settings, the rules and lists behind it, and its record. */
function ScrubFacts({ scrub, named }: { scrub: ScrubView; named: ScrubNames }) {
  const t = useTranslations("scrub");
  const format = useFormatter();
  const facts: (Fact | null)[] = [
    {
      name: t("about"),
      value: <ScrubSubject scrub={scrub} named={named} />,
      notes: [useCall(scrub)],
    },
    {
      name: t("file"),
      value: <ByteSize bytes={scrub.bytes} />,
      notes: [t(scrub.settings.header ? "withHeader" : "withoutHeader")],
    },
    {
      name: t("startedBy"),
      value: scrub.by ?? t("nobody"),
      notes: [<LocalTime key="at" instant={scrub.createdAt} />],
    },
    scrub.at && {
      name: t("judgedAt"),
      value: <LocalTime instant={scrub.at} precision="evidence" />,
      notes: [t(scrub.record?.checked.whatIf ? "whatIf" : "oneInstant")],
    },
    scrub.startedAt &&
      scrub.endedAt && {
        name: t("took"),
        value: format.number(
          Math.ceil((scrub.endedAt.getTime() - scrub.startedAt.getTime()) / 1_000),
          { style: "unit", unit: "second", unitDisplay: "long" },
        ),
      },
  ];
  return <Facts facts={[...facts.filter((fact) => fact !== null), ...useRecordFacts(scrub)]} />;
}

function useCall({ settings, record }: ScrubView) {
  const t = useTranslations("scrub");
  const dialers = useTranslations("dialers");
  const regions = new Intl.DisplayNames(useLocale(), { type: "region" });
  const dialer = record?.checked.dialer ?? settings.dialer;
  return [
    dialer && dialers(dialer),
    settings.region && t("readAs", { region: regions.of(settings.region.toUpperCase()) ?? "" }),
  ]
    .filter(Boolean)
    .join(". ");
}

function useRecordFacts({ record, erasures }: ScrubView): Fact[] {
  const t = useTranslations("scrub");
  if (record === null) return [];
  const { editions } = record.checked;
  return [
    {
      name: t("registries"),
      value:
        editions.length === 0 ? (
          t("noRegistry")
        ) : (
          <ul>
            {editions.map(({ registry, edition, verifiedAt }) => (
              <li key={registry}>
                {t(verifiedAt === null ? "neverRead" : "edition", {
                  registry:
                    bundledRuleBook.registries.find(({ id }) => id === registry)?.name ?? registry,
                  edition,
                })}{" "}
                {verifiedAt && <LocalTime instant={verifiedAt} precision="day" />}
              </li>
            ))}
          </ul>
        ),
    },
    {
      name: t("proof"),
      value: (
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <Seal hash={record.rowsRoot} />
          <Digest hash={record.resultSha256} />
        </span>
      ),
      notes: [t("resultHash"), t("proofNote")],
    },
    ...erasures.map(({ file, rows, before, after, at, act }) => ({
      name: t("rowsRemoved"),
      value: (
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          {t("rowsRemovedFrom", { file, rows })} <LocalTime instant={at} precision="evidence" />
          {act && <Link href={`/certificates/${act}`}>{t("erasureAct")}</Link>}
        </span>
      ),
      notes: [
        t.rich("hashChanged", {
          before: () => <Digest hash={before} />,
          after: () => <Digest hash={after} />,
        }),
      ],
    })),
  ];
}

const Digest = ({ hash }: { hash: string }) => (
  <>
    <code>{hash.slice(0, 12)}…</code>
    <CopyButton text={hash} />
  </>
);
