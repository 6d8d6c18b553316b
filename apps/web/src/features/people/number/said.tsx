import type { TimelineEvent } from "@ringfence/services/people/phone";
import Link from "next/link";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { LocalTime } from "@/components/local-time";
import { tellTime } from "@/i18n/tell-time";
import { type Choices, purposeName } from "./choices";

export type Saying<Kind extends TimelineEvent["kind"]> = {
  event: TimelineEvent & { kind: Kind };
  /** Of the called person. */
  zone: string;
  choices: Choices;
};

const rich = {
  b: (text: ReactNode) => <b>{text}</b>,
  yes: (text: ReactNode) => <b className="text-allow">{text}</b>,
  no: (text: ReactNode) => <b className="text-refuse">{text}</b>,
};

export function ConsentSaid({ event, zone, choices }: Saying<"consent">) {
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

export function OptOutSaid({ event, zone, choices }: Saying<"opt-out">) {
  const t = useTranslations("timeline");
  const { scope, seller, purpose, channel, reference, at, recordedAt } = event;
  const [corrected] = event.answers;
  // Put on record later than it was said, as when a list was read in.
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
      {corrected &&
        t.rich("corrected", {
          ...rich,
          time: () => <LocalTime instant={corrected.answeredAt} zone={zone} />,
        })}
    </>
  );
}

export function SuppressionSaid({ event: { reason, until }, zone }: Saying<"suppression">) {
  const t = useTranslations("timeline");
  const reasons = useTranslations("suppressions.reasons");
  return (
    <>
      {t.rich("suppression", { ...rich, reason: reasons(reason) })}{" "}
      <Until instant={until} zone={zone} />
    </>
  );
}

export function CallSaid({ event, choices }: Saying<"call">) {
  const t = useTranslations("timeline");
  const { outcome, seller, purpose, campaign, screeningId } = event;
  return (
    <>
      {t.rich("call", {
        ...rich,
        outcome: isKnownOutcome(outcome)
          ? t(`outcome.${outcome}`)
          : (outcome ?? t("outcome.placed")),
        seller: seller ?? "",
        purpose: purposeName(choices, purpose),
      })}{" "}
      {campaign && `${t("campaign", { campaign })} `}
      {screeningId === null ? t("unscreened") : t.rich("screened", { why: linkTo(screeningId) })}
    </>
  );
}

export function ScreeningSaid({ event, choices }: Saying<"screening">) {
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

/** The way to all that is on record of a screening. Who looks there is on record, so nothing is fetched ahead. */
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
  return instant && t("until", { day: tellTime(locale, zone, instant, "day") });
}

/** What is not one of these is in the dialer's own words. */
const isKnownOutcome = (outcome: string | null) =>
  outcome === "reached" || outcome === "no_answer" || outcome === "busy" || outcome === "failed";

/** Read aloud in two halves. */
const Reference = ({ of: reference }: { of: string }) => (
  <span className="whitespace-nowrap tabular-nums">
    {reference.slice(0, 4)} {reference.slice(4)}
  </span>
);
