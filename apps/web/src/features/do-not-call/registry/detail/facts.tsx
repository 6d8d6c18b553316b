import {
  askedServices,
  computeMonthlyBudget,
  isAskedSource,
} from "@ringfence/core/do-not-call/registry";
import type { RegistryOverview } from "@ringfence/services/do-not-call/registry";
import { useFormatter, useTranslations } from "next-intl";
import { AgeBar, LocalTime } from "@/components/dates";
import { Badge } from "@/components/badge";
import { Count } from "@/components/numbers";
import { type Fact, Facts } from "@/components/page-layout";
import { ChangeCounts, EditionDay, Sha256 } from "../words";
import { useFormatFact } from "../format-words";
import type { RegistryId } from "@ringfence/core/ids";
import Link from "next/link";
import { Button } from "@/components/buttons";

/** Shows the edition in force and its age. */
export function InForceFacts({ registry }: { registry: RegistryOverview }) {
  const t = useTranslations("registry");
  const { ageDays, awaits, edition, limitDays, nextReadAt, schedule, verifiedAt } = registry;
  const facts: (Fact | null)[] = [
    {
      name: t("age"),
      value:
        ageDays === null ? (
          <Badge status="stale" />
        ) : (
          <AgeBar ageDays={ageDays} limitDays={limitDays} />
        ),
      notes: [
        verifiedAt === null
          ? t("neverRead")
          : t.rich("verified", { time: () => <LocalTime key="at" instant={verifiedAt} /> }),
      ],
    },
    edition && {
      name: t("edition"),
      value: (
        <>
          <b>
            <Count value={edition.number ?? 0} />
          </b>
          {registry.answers === null && (
            <>
              {", "}
              <ChangeCounts edition={edition} />
            </>
          )}
        </>
      ),
      notes: [
        edition.publishedOn === null
          ? t("unpublished")
          : t.rich("publishedOn", { day: () => <EditionDay key="day" edition={edition} /> }),
      ],
    },
    useNumbersFact(registry),
    edition && {
      name: t("sha256"),
      value: <Sha256 hash={edition.sha256} />,
      notes: [t("sha256Note")],
    },
    useBudgetFact(registry),
    awaits !== null
      ? { name: t("next"), value: t(`awaits.${awaits}`) }
      : {
          name: t("next"),
          value: nextReadAt === null ? t("soon") : <LocalTime instant={nextReadAt} />,
          notes: [t(schedule === null ? "usualTimes" : "ownTimes")],
        },
  ];
  return <Facts facts={facts.filter((fact) => fact !== null)} />;
}

/** Counts the listed numbers or, for a registry that answers about single ones, the answers that allow no call. */
function useNumbersFact({ answers, listed }: RegistryOverview): Fact {
  const t = useTranslations("registry");
  const count = answers === null ? listed : answers.answered - answers.free;
  return {
    name: t("numbers"),
    value: (
      <b>
        <Count value={count} />
      </b>
    ),
    notes: answers === null ? [] : [t("answered", answers)],
  };
}

/** Shows this month's use of the budget; null for a registry that we do not ask about numbers ourselves. */
function useBudgetFact({ askedNumbers, balance, source }: RegistryOverview): Fact | null {
  const t = useTranslations("registry");
  const format = useFormatter();
  if (askedNumbers === null || !isAskedSource(source)) return null;
  const { monthlyMoney, pricePerNumber, kind } = source;
  const { currency } = askedServices[kind];
  const money = (amount: number) => format.number(amount, { style: "currency", currency });
  return {
    name: t("budget"),
    value: t("budgetUsed", { asked: askedNumbers, budget: computeMonthlyBudget(source) }),
    notes: [
      monthlyMoney !== undefined &&
        pricePerNumber !== undefined &&
        t("moneyUsed", {
          paid: money(askedNumbers * pricePerNumber),
          budget: money(monthlyMoney),
        }),
      balance &&
        t.rich("balance", {
          numbers: balance.numbers,
          time: () => <LocalTime key="at" instant={balance.at} />,
        }),
      t("budgetNote"),
    ].filter((note) => note !== null && note !== false),
  };
}

/** Shows the settings of a registry: its source, file format and limits. */
export function ReadingFacts({ registry }: { registry: RegistryOverview }) {
  const t = useTranslations("registry");
  const format = useFormatter();
  const { code, hasSecret, limitDays, maxAgeDays, maxShrinkShare, source } = registry;
  return (
    <Facts
      facts={[
        { name: t("code"), value: code },
        {
          name: t("source"),
          value: (
            <span className="break-all">{describeSource(source) ?? t("nothingUploaded")}</span>
          ),
          notes: [t(`sources.${source.kind}`), ...(hasSecret ? [t("secretKept")] : [])],
        },
        { name: t("format"), ...useFormatFact(registry) },
        {
          name: t("limit"),
          value: t("days", { days: limitDays }),
          notes: [
            t("limitNote"),
            ...(limitDays === maxAgeDays ? [] : [t("limitOfRules", { days: maxAgeDays })]),
          ],
        },
        // Editions made of answers are never held for a drop.
        ...(registry.answers === null
          ? [
              {
                name: t("shrink"),
                value: format.number(maxShrinkShare, {
                  style: "percent",
                  maximumFractionDigits: 2,
                }),
                notes: [t("shrinkNote")],
              },
            ]
          : []),
      ]}
    />
  );
}

/** Describes a source in a few characters; null if nothing was uploaded yet. */
function describeSource(source: RegistryOverview["source"]): string | null {
  switch (source.kind) {
    case "http":
      return source.url;
    case "folder":
      return source.path;
    case "sftp":
      return `sftp://${source.user}@${source.host}:${source.port}${source.path}`;
    case "s3":
      return `s3://${source.bucket}/${source.prefix}`;
    case "au-washing":
      return source.telemarketerId;
    case "sg-realtime":
      return source.orgCode;
    case "us-ftc":
      return source.organization;
    case "us-dncscrub":
      return source.url;
    case "attested":
      return source.kind;
    case "upload":
      return source.file?.name ?? null;
  }
}

/** Links to the settings form, or says why the member may not change it. */
export function ChangeLink({
  registryId,
  whyNot,
}: {
  registryId: RegistryId;
  whyNot: string | undefined;
}) {
  const t = useTranslations("registry");
  return whyNot === undefined ? (
    <Link href={`/registries/${registryId}/change`}>{t("change")}</Link>
  ) : (
    <Button size="small" whyNot={whyNot}>
      {t("change")}
    </Button>
  );
}
