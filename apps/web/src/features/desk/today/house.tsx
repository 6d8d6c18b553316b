import { EndStep, sumEndSteps, toCallablePercent } from "@ringfence/core/audience/segment";
import { type Action, type Actor, may } from "@ringfence/core/platform/access";
import type { Overview } from "@ringfence/services/desk/overview";
import { useTranslations } from "next-intl";
import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { BarRows } from "@/components/charts/bar-rows";
import { LocalTime } from "@/components/dates";
import { useDialerName } from "@/components/dialer-name";
import { Count } from "@/components/numbers";
import { Columns, Empty, Section } from "@/components/page-layout";
import { toListPath } from "@/server/safe-path";

type HouseProps = { overview: Overview; actor: Actor };

/**
 * Shows the overview that a worker counts (`readOverview`): who can be called and why not the others, consents by
 * source, opt-outs by campaign and dialer, and calls without permission. Each figure opens the list that it counts.
 */
export function House({ overview, actor }: HouseProps) {
  const t = useTranslations("today.house");
  const { at } = overview;
  const counted = at ? t.rich("countedAt", { time: () => <LocalTime instant={at} /> }) : undefined;
  return (
    <>
      <Section title={t("callable")} aside={counted}>
        {at === null ? (
          <Empty title={t("notCounted")}>{t("notCountedBody")}</Empty>
        ) : (
          overview.callable.map((seller) => (
            <Callable key={seller.seller.key} {...seller} actor={actor} />
          ))
        )}
      </Section>
      {at !== null && (
        <>
          <Section title={t("consents")} aside={counted}>
            <Consents consents={overview.consents} actor={actor} />
          </Section>
          <Columns isEven>
            <Section title={t("byCampaign")} aside={counted}>
              <Refusals overview={overview} by="campaign" actor={actor} />
            </Section>
            <Section title={t("byDialer")} aside={counted}>
              <Refusals overview={overview} by="dialer" actor={actor} />
            </Section>
          </Columns>
        </>
      )}
      <Section title={t("bypasses")} aside={t("days30")}>
        <Bypasses overview={overview} actor={actor} />
      </Section>
    </>
  );
}

type FigureProps = { count: number; href: Route; actor: Actor; action: Action };

/** A number that opens the list that it counts, if the member may open it. */
const Figure = ({ count, href, actor, action }: FigureProps) =>
  may(actor, action) ? (
    <Link href={href} prefetch={false}>
      <Count value={count} />
    </Link>
  ) : (
    <Count value={count} />
  );

type CallableProps = Overview["callable"][number] & { actor: Actor };

/** Shows the share of contacts that a seller may call, and at which step the others are stopped. */
function Callable({ seller, steps, weekAgo, actor }: CallableProps) {
  const t = useTranslations("today.house");
  const names = useTranslations("waterfall");
  const share = useTranslations("share");
  const contacts = sumEndSteps(steps);
  const rows = (["callable", ...EndStep.options] as const)
    .filter((step, index) => (step === "callable") === (index === 0) && steps[step] > 0)
    .map((step) => ({
      step,
      name: step === "callable" ? names("callable") : names(`steps.${step}`),
      means: step === "callable" ? null : names(`means.${step}`),
      count: steps[step],
    }));
  const figure = ({ step, count }: (typeof rows)[number]) => (
    <Figure
      count={count}
      href={toListPath("/contacts", { seller: seller.key, step })}
      actor={actor}
      action="contact.read"
    />
  );
  return (
    <div className="pt-3">
      <h3 className="text-base font-semibold">{seller.name}</h3>
      <p className="text-sm text-muted">
        {t("callableOf", { share: toCallablePercent(steps), count: steps.callable, contacts })}{" "}
        {weekAgo && t("weekAgo", { share: toCallablePercent(weekAgo) })}
      </p>
      <BarRows
        title={t("callableTitle", { seller: seller.name })}
        rows={rows}
        rowKey={({ step }) => step}
        label={({ name, means }) => <Named name={name} note={means} />}
        text={figure}
        series={[
          { key: "callable", name: names("callable"), look: "allowed" },
          { key: "stopped", name: t("stopped"), look: "refused" },
        ]}
        sizes={({ step, count }) =>
          step === "callable" ? { callable: count } : { stopped: count }
        }
        columns={[
          { key: "step", head: t("step"), cell: ({ name }) => name },
          { key: "contacts", head: t("contacts"), isFigure: true, cell: figure },
          {
            key: "share",
            head: t("share"),
            isFigure: true,
            cell: ({ count }) =>
              share("percent", { percent: Math.round((count / contacts) * 1000) / 10 }),
          },
        ]}
      />
    </div>
  );
}

const Named = ({ name, note }: { name: string; note: ReactNode }) => (
  <>
    {name}
    {note && <span className="block text-sm text-muted">{note}</span>}
  </>
);

type Consent = Overview["consents"][number];

/** Consents by source: those that can be proven, and those that lack something. */
function Consents({ consents, actor }: { consents: readonly Consent[]; actor: Actor }) {
  const t = useTranslations("today.house");
  const kinds = useTranslations("captureForms.kinds");
  if (consents.length === 0) return <Empty title={t("noConsents")}>{t("noConsentsBody")}</Empty>;
  const figure = ({ source }: Consent, strength: "sound" | "weak", count: number) => (
    <Figure
      count={count}
      href={toListPath("/consents", { source, strength })}
      actor={actor}
      action="consent.read"
    />
  );
  const sound = (row: Consent) => figure(row, "sound", row.consents - row.weak);
  const weak = (row: Consent) => figure(row, "weak", row.weak);
  return (
    <BarRows
      title={t("consents")}
      rows={consents}
      rowKey={({ source }) => source}
      label={({ source }) => kinds(source)}
      text={(row) => t.rich("soundAndWeak", { sound: () => sound(row), weak: () => weak(row) })}
      series={[
        { key: "sound", name: t("sound"), look: 1 },
        { key: "weak", name: t("weak"), look: 2 },
      ]}
      sizes={({ consents: all, weak: lacking }) => ({ sound: all - lacking, weak: lacking })}
      columns={[
        { key: "source", head: t("source"), cell: ({ source }) => kinds(source) },
        { key: "sound", head: t("sound"), isFigure: true, cell: sound },
        { key: "weak", head: t("weak"), isFigure: true, cell: weak },
      ]}
    />
  );
}

type RefusalsProps = HouseProps & { by: "campaign" | "dialer" };

/** Opt-outs within a day after a call, as a share of the calls, by campaign or by kind of dialer. */
function Refusals({ overview, by, actor }: RefusalsProps) {
  const t = useTranslations("today.house");
  const dialerName = useDialerName();
  const { campaigns, dialers, refusalsFrom: from, at } = overview;
  const rows =
    by === "campaign"
      ? campaigns.map(({ key, name, ...row }) => ({ ...row, key, name: name || t("noCampaign") }))
      : dialers.map(({ name, ...row }) => ({ ...row, key: name, name: dialerName(name) }));
  if (rows.length === 0 || from === null || at === null) {
    return <Empty title={t("noCalls")}>{t("noCallsBody")}</Empty>;
  }
  const span = { from: from.toISOString(), until: at.toISOString() };
  type Row = (typeof rows)[number];
  const figure = ({ key, refused }: Row) => (
    <Figure
      count={refused}
      href={toListPath("/opt-outs", { ...span, [by]: key })}
      actor={actor}
      action="opt-out.read"
    />
  );
  const toRate = ({ calls, refused }: Row) => (calls === 0 ? 0 : refused / calls);
  return (
    <BarRows
      title={t(by === "campaign" ? "byCampaign" : "byDialer")}
      rows={rows}
      rowKey={({ key }) => key}
      label={({ name }) => name}
      text={(row) => (
        <>
          {figure(row)}{" "}
          <span className="text-muted">
            {t("ofCalls", { calls: row.calls, rate: toRate(row) })}
          </span>
        </>
      )}
      series={[{ key: "rate", name: t("rate"), look: 1 }]}
      sizes={(row) => ({ rate: toRate(row) })}
      columns={[
        {
          key: "name",
          head: t(by === "campaign" ? "campaign" : "dialer"),
          cell: ({ name }) => name,
        },
        {
          key: "calls",
          head: t("calls"),
          isFigure: true,
          cell: ({ key, calls }) => (
            <Figure
              count={calls}
              href={toListPath("/calls", { ...span, [by]: key })}
              actor={actor}
              action="call.read"
            />
          ),
        },
        { key: "refused", head: t("optOuts"), isFigure: true, cell: figure },
        {
          key: "rate",
          head: t("rate"),
          isFigure: true,
          cell: (row) => (row.calls === 0 ? "–" : t("percent", { rate: toRate(row) })),
        },
      ]}
    />
  );
}

/** Calls without permission, by how they were placed, beside the 30 days before. */
function Bypasses({ overview: { bypasses, bypassesFrom }, actor }: HouseProps) {
  const t = useTranslations("today.house");
  const causes = useTranslations("violations.causes");
  type Row = (typeof bypasses)[number];
  const figure = ({ cause, count }: Row) => (
    <Figure
      count={count}
      href={toListPath("/violations", {
        status: "all",
        cause,
        from: bypassesFrom.toISOString(),
      })}
      actor={actor}
      action="violation.read"
    />
  );
  return (
    <BarRows
      title={t("bypasses")}
      rows={bypasses}
      rowKey={({ cause }) => cause}
      label={({ cause }) => causes(cause)}
      text={(row) => t.rich("beforeThat", { now: () => figure(row), before: row.before })}
      series={[{ key: "count", name: t("calls"), look: "refused" }]}
      sizes={({ count }) => ({ count })}
      columns={[
        { key: "cause", head: t("how"), cell: ({ cause }) => causes(cause) },
        { key: "count", head: t("last30"), isFigure: true, cell: figure },
        {
          key: "before",
          head: t("before30"),
          isFigure: true,
          cell: ({ before }) => <Count value={before} />,
        },
      ]}
    />
  );
}
