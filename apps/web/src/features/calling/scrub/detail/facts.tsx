import type { ScrubView } from "@ringfence/services/calling/scrub";
import Link from "next/link";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { ByteSize } from "@/components/numbers";
import { CopyButton } from "@/components/client-buttons";
import { type Fact, Facts } from "@/components/page-layout";
import { LocalTime } from "@/components/dates";
import { Seal } from "@/components/seal";
import { type ScrubNames, ScrubSubject } from "../words";

/** Facts about a scrub: its settings, the rules and lists behind it, and its record. */
export function ScrubFacts({ scrub, named }: { scrub: ScrubView; named: ScrubNames }) {
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
                {t(verifiedAt === null ? "neverRead" : "edition", { registry, edition })}{" "}
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
