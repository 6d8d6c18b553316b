import { TimelineKind } from "@ringfence/core/desk/number";
import type { TimelineEvent, Timeline as TimelinePage } from "@ringfence/services/desk/number";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import Link from "next/link";
import { Empty, Section } from "@/components/page-layout";
import { Pager } from "@/components/pager";
import { toPagerLinks } from "@/server/list-query";
import { formatInstant, zoneCity } from "@/i18n/format-time";
import { type Choices, purposeName } from "./words";
import { type NumberQuery, type NumberSubject, numberPath } from "./number-query";
import { LocalTime } from "@/components/dates";
import { useOutcomeName } from "@/components/outcome-name";
import { PhoneText } from "@/components/people";
import { RecordingLink } from "@/components/recording-link";
import type { ReactNode } from "react";

type TimelineProps = {
  page: TimelinePage;
  /** Time zone of the called person; null if unknown. */
  zone: string | null;
  subject: NumberSubject;
  look: NumberQuery;
  choices: Choices;
};

/** Shows the history of a number, latest first, in its owner's time zone, or in UTC if that is unknown. */
export function Timeline({ page, zone, subject, look, choices }: TimelineProps) {
  const t = useTranslations("timeline");
  const locale = useLocale();
  const { events, next, counts } = page;
  const all = TimelineKind.options.reduce((sum, kind) => sum + counts[kind], 0);
  const count = look.kind ? counts[look.kind] : all;
  const pathTo = (change: Partial<NumberQuery>) =>
    numberPath(subject, { ...look, after: [], ...change });
  const steps = toPagerLinks(look.after, next, (after) => pathTo({ after }));
  if (all === 0) {
    return (
      <Section title={t("title")}>
        <Empty title={t("none")}>{t("noneBody")}</Empty>
      </Section>
    );
  }
  return (
    <Section title={t("title")}>
      <p className="pt-2 text-sm text-muted">
        {zone ? t("note", { city: zoneCity(locale, zone) }) : t("noteUtc")}
      </p>
      <KindLinks
        counts={counts}
        all={all}
        current={look.kind}
        toHref={(kind) => pathTo({ kind })}
      />
      {events.length === 0 && <Empty title={t("noneOfKind")} />}
      <ol>
        {events.map((event) => (
          <TimelineEntry key={event.id} event={event} zone={zone ?? "UTC"} choices={choices} />
        ))}
      </ol>
      {(next !== null || look.after.length > 0) && (
        <Pager label={t("pages")} shown={t("shown", { shown: events.length, count })} {...steps} />
      )}
    </Section>
  );
}

type KindLinksProps = {
  counts: TimelinePage["counts"];
  all: number;
  current: TimelineKind | null;
  toHref: (kind: TimelineKind | null) => ReturnType<typeof numberPath>;
};

/** Links to single kinds of events. */
function KindLinks({ counts, all, current, toHref }: KindLinksProps) {
  const t = useTranslations("timeline");
  const present = TimelineKind.options.filter((kind) => counts[kind] > 0);
  return (
    <nav aria-label={t("show")} className="screenonly flex flex-wrap gap-x-3 gap-y-1 pb-1 text-sm">
      <KindLink href={toHref(null)} isCurrent={current === null}>
        {t("all", { count: all })}
      </KindLink>
      {present.map((kind) => (
        <KindLink key={kind} href={toHref(kind)} isCurrent={kind === current}>
          {t(`filter.${kind}`, { count: counts[kind] })}
        </KindLink>
      ))}
    </nav>
  );
}

type KindLinkProps = { href: ReturnType<typeof numberPath>; isCurrent: boolean; children: string };

const KindLink = ({ href, isCurrent, children }: KindLinkProps) => (
  <Link
    href={href}
    scroll={false}
    className={isCurrent ? "font-semibold text-ink no-underline" : ""}
    {...(isCurrent && { "aria-current": "true" })}
  >
    {children}
  </Link>
);

type TimelineEntryProps = { event: TimelineEvent; zone: string; choices: Choices };

/** Shows one event: when, what, how and by whom. */
function TimelineEntry({ event, zone, choices }: TimelineEntryProps) {
  const t = useTranslations("timeline");
  const { kind, at, otherPhone, by } = event;
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 border-b border-line py-2 md:grid-cols-[12rem_6.5rem_minmax(0,1fr)] print:grid-cols-[11.5rem_6rem_minmax(0,1fr)]">
      <span className="text-sm text-muted">
        <LocalTime instant={at} zone={zone} />
      </span>
      <span className={`font-semibold ${eventInk(event)}`}>{t(`kind.${kind}`)}</span>
      <div className="col-span-full md:col-span-1 print:col-span-1">
        <p>
          <EventText event={event} zone={zone} choices={choices} />{" "}
          {by &&
            (by.name === null
              ? t("byUnnamed", { type: by.handedOut ?? by.type })
              : t("by", { type: by.type, name: by.name }))}{" "}
          {otherPhone && t.rich("otherPhone", { phone: () => <PhoneText phone={otherPhone} /> })}
        </p>
        {kind === "opt-out" &&
          event.notes.map(({ text, recording }) => (
            <p key={text} className="text-sm text-muted">
              {text && <q>{text}</q>} {recording && <RecordingLink recording={recording} />}
            </p>
          ))}
      </div>
    </li>
  );
}

function EventText({ event, ...context }: TimelineEntryProps) {
  switch (event.kind) {
    case "consent":
      return <ConsentText event={event} {...context} />;
    case "opt-out":
      return <OptOutText event={event} {...context} />;
    case "suppression":
      return <SuppressionText event={event} {...context} />;
    case "call":
      return <CallText event={event} {...context} />;
    case "screening":
      return <ScreeningText event={event} {...context} />;
  }
}

/** Color of an event: one that allows calls, or one that stops them. */
function eventInk(event: TimelineEvent) {
  if (event.kind === "opt-out") return "text-refuse";
  if (event.kind !== "consent" || event.type === "requested") return "";
  return event.type === "granted" || event.type === "renewed" ? "text-allow" : "text-refuse";
}

type EventTextProps<Kind extends TimelineEvent["kind"]> = {
  event: TimelineEvent & { kind: Kind };
  /** Time zone of the called person. */
  zone: string;
  choices: Choices;
};

const rich = {
  b: (text: ReactNode) => <b>{text}</b>,
  yes: (text: ReactNode) => <b className="text-allow">{text}</b>,
  no: (text: ReactNode) => <b className="text-refuse">{text}</b>,
};

function ConsentText({ event, zone, choices }: EventTextProps<"consent">) {
  const t = useTranslations("timeline");
  const format = useFormatter();
  const { type, seller, purposes, channels, source, validUntil } = event;
  return (
    <>
      {t.rich("consent", {
        ...rich,
        type: t(`consentType.${type}`),
        seller: seller ?? "",
        purposes: format.list(purposes.map((key) => purposeName(choices, key))),
        channels: format.list(channels.map((channel) => t(`channel.${channel}`))),
        source: t(`source.${source}`),
      })}{" "}
      <Until instant={validUntil} zone={zone} />
    </>
  );
}

function OptOutText({ event, zone, choices }: EventTextProps<"opt-out">) {
  const t = useTranslations("timeline");
  const { scope, seller, purpose, channel, reference, at, recordedAt, correctedAt } = event;
  // Recorded later than it was made, for example by an import.
  const isLate = recordedAt.getTime() - at.getTime() >= 60_000;
  return (
    <>
      {t.rich("optOut", {
        ...rich,
        scope,
        seller: seller ?? "",
        purpose: purpose === null ? "" : purposeName(choices, purpose),
        channel: t(`told.${channel}`),
        ref: () => <Reference of={reference} />,
      })}{" "}
      {isLate && t.rich("recorded", { time: () => <LocalTime instant={recordedAt} zone={zone} /> })}{" "}
      {correctedAt &&
        t.rich("corrected", {
          ...rich,
          time: () => <LocalTime instant={correctedAt} zone={zone} />,
        })}
    </>
  );
}

function SuppressionText({ event: { reason, until }, zone }: EventTextProps<"suppression">) {
  const t = useTranslations("timeline");
  const reasons = useTranslations("suppressions.reasons");
  return (
    <>
      {t.rich("suppression", { ...rich, reason: reasons(reason) })}{" "}
      <Until instant={until} zone={zone} />
    </>
  );
}

function CallText({ event, choices }: EventTextProps<"call">) {
  const t = useTranslations("timeline");
  const outcomeName = useOutcomeName();
  const { outcome, seller, purpose, campaign, screeningId } = event;
  return (
    <>
      {t.rich("call", {
        ...rich,
        outcome: outcomeName(outcome) ?? t("outcome.placed"),
        seller: seller ?? "",
        purpose: purposeName(choices, purpose),
      })}{" "}
      {campaign && `${t("campaign", { campaign })} `}
      {screeningId === null ? t("unscreened") : t.rich("screened", { why: linkTo(screeningId) })}
    </>
  );
}

function ScreeningText({ event, choices }: EventTextProps<"screening">) {
  const t = useTranslations("timeline");
  const reasonNames = useTranslations("reasons");
  const dialers = useTranslations("dialers");
  const { id, verdict, refusals, seller, purpose, dialer, campaign } = event;
  return (
    <>
      {t.rich(verdict === "allow" ? "allow" : "refuse", {
        ...rich,
        why: linkTo(id),
        reasons: [...new Set(refusals.map(({ reason }) => reasonNames(`${reason}.name`)))].join(
          "; ",
        ),
        seller: seller ?? "",
        purpose: purposeName(choices, purpose),
        dialer: dialers(dialer),
      })}{" "}
      {campaign && t("campaign", { campaign })}
    </>
  );
}

/** Link to a screening. It is not prefetched, because looking there is audited. */
const linkTo = (screeningId: string) =>
  function ScreeningLink(text: ReactNode) {
    return (
      <Link href={`/screenings/${screeningId}`} prefetch={false}>
        {text}
      </Link>
    );
  };

function Until({ instant, zone }: { instant: Date | null; zone: string }) {
  const t = useTranslations("timeline");
  const locale = useLocale();
  return instant && t("until", { day: formatInstant(locale, zone, instant, "day") });
}

/** Shows a reference in two halves. */
const Reference = ({ of: reference }: { of: string }) => (
  <span className="whitespace-nowrap tabular-nums">
    {reference.slice(0, 4)} {reference.slice(4)}
  </span>
);
