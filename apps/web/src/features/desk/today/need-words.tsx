import { fromStoredMessage, say } from "@ringfence/core/platform/message";
import type { Failure, Need, Today } from "@ringfence/services/desk/today";
import { useFormatter, useLocale, useTimeZone, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { LocalTime } from "@/components/dates";
import { formatInstant } from "@/i18n/format-time";

/** Message for each job whose failed runs need somebody. */
const failedKeys = {
  "registry.sync": "registryFailed",
  "scrub.run": "scrubFailed",
  "import.run": "importFailed",
  "form.check": "formCheckFailed",
  "law.preview": "lawPreviewFailed",
} as const;

/** `time` says since when it is so, or by when it must be done. */
type NeedWords = { title: ReactNode; body?: ReactNode; time?: ReactNode };

/**
 * Returns a function that describes a need. `refused` is the number of calls that each registry stopped in 24 hours, by
 * its code; a registry that stopped none is missing.
 */
export function useNeedWords(refused: Today["refusals"]["unchecked"]) {
  const t = useTranslations("need");
  const locale = useLocale();
  const zone = useTimeZone() ?? "UTC";
  const format = useFormatter();
  const violationWords = useViolationWords();
  const waitingWords = useWaitingWords();
  const pausedWords = usePausedWords();
  const registryWords = useRegistryWords(refused);
  const formatDay = (instant: Date) => formatInstant(locale, zone, instant, "day");

  return (need: Need): NeedWords => {
    switch (need.kind) {
      case "violations-open":
        return violationWords(need);
      case "complaints-open":
        return {
          title: t("complaints-open.title", { count: need.count }),
          body: t("complaints-open.body", { overdue: need.overdue, near: need.near }),
          time: t.rich("violationsDue", { time: () => <LocalTime instant={need.due} /> }),
        };
      case "opt-outs-misread":
      case "questions-open":
      case "corrections-open":
      case "bursts-open":
      case "burst-liftings-open":
      case "deliveries-dead":
      case "campaigns-in-review":
      case "form-questions-open":
        return waitingWords(need);
      case "policy-names-gone":
        return { title: t("gone"), body: t("goneBody", { names: format.list(need.names) }) };
      // Keys whose creator was removed or lost permissions.
      case "keys-cut":
        return {
          title: t("keysCut", { count: need.names.length }),
          body: t("keysCutBody", { names: format.list(need.names) }),
        };
      case "keys-expiring":
        return {
          title: t(need.when === "now" ? "keysExpired" : "keysExpiring", {
            count: need.names.length,
          }),
          body: t(need.when === "now" ? "keysExpiredBody" : "keysExpiringBody", {
            names: format.list(need.names),
          }),
          time: <LocalTime instant={need.first} precision="cell" />,
        };
      case "keys-new-network":
        return {
          title: t("keysNewNetwork", { count: need.names.length }),
          body: t("keysNewNetworkBody", { names: format.list(need.names) }),
          time: <LocalTime instant={need.first} />,
        };
      case "campaign-held":
        return pausedWords(need);
      case "registry-unread":
      case "registry-stale":
      case "registry-near":
      case "registries-missing":
        return registryWords(need);
      case "edition-held":
        return {
          title: t("held", { name: need.name }),
          body: need.fault && say(locale, need.fault, zone),
          time: t.rich("heldDue", { time: () => <LocalTime instant={need.readAt} /> }),
        };
      case "run-failed":
        return {
          title: t(failedKeys[need.job], { subject: need.subject ?? t("unnamed") }),
          body: need.failure.error && say(locale, fromStoredMessage(need.failure.error), zone),
          time: need.failure.at && <LocalTime instant={need.failure.at} />,
        };
      case "consents-ending":
        return {
          title: t("ending", { count: need.count, day: formatDay(need.before) }),
          body: t("endingBody", { sellers: format.list(need.sellers) }),
          time: t("endingDue", { day: formatDay(need.first) }),
        };
    }
  };
}

type AboutRegistries = Need & {
  kind: "registry-unread" | "registry-stale" | "registry-near" | "registries-missing";
};
type Missing = Need & { kind: "registries-missing" };

/** Returns a function that describes a registry that stops calls or soon will. `refused` as in `useNeedWords`. */
function useRegistryWords(refused: Today["refusals"]["unchecked"]) {
  const t = useTranslations("need");
  const locale = useLocale();
  const format = useFormatter();
  const zone = useTimeZone() ?? "UTC";
  const lastTry = (failure: Failure | null) =>
    failure?.error
      ? t.rich("failed", {
          ...toTimeValue(failure.at),
          error: say(locale, fromStoredMessage(failure.error), zone),
        })
      : failure && t.rich("failedBare", toTimeValue(failure.at));
  const describeRefusals = (need: { code: string; failure: Failure | null }) => (
    <>
      {t("refuses", { count: refused[need.code] ?? 0 })} {lastTry(need.failure)}
    </>
  );

  const missing = ({ why, names, contacts, isLifted }: Missing) => {
    const [count, list] = [names.length, format.list(names)];
    const body = t("missing.body", { contacts, isLifted: String(isLifted) });
    return {
      title: t(`missing.${why}`, { count, names: list }),
      body: count === 1 ? body : `${t("missing.names", { names: list })} ${body}`,
    };
  };

  return (need: AboutRegistries) => {
    switch (need.kind) {
      case "registries-missing":
        return missing(need);
      case "registry-unread":
        return { title: t("unread", { name: need.name }), body: describeRefusals(need) };
      case "registry-stale":
        return { title: t("old", toAgeValues(need, Math.ceil)), body: describeRefusals(need) };
      case "registry-near":
        return {
          title: t("old", toAgeValues(need, Math.floor)),
          body: (
            <>
              {t("willRefuse")} {lastTry(need.failure)}
            </>
          ),
        };
    }
  };
}

const toTimeValue = (instant: Date | null) => ({
  time: () => instant && <LocalTime instant={instant} />,
});

type Aged = { name: string; ageDays: number; limitDays: number };

/** A stale age is rounded up and any other down, so that only a stale registry is shown as older than its limit. */
const toAgeValues = ({ name, ageDays, limitDays }: Aged, round: (days: number) => number) => ({
  name,
  age: round(ageDays),
  limit: limitDays,
});

/** Describes open violations: how many, how grave, and when the first is due. */
function useViolationWords() {
  const t = useTranslations("need");
  return ({ count, grave, overdue, due }: Need & { kind: "violations-open" }) => ({
    title: t("violationsOpen", { count }),
    body: t("violationsBody", { grave, overdue }),
    time: t.rich("violationsDue", { time: () => <LocalTime instant={due} /> }),
  });
}

type Waiting = Need & {
  kind:
    | "opt-outs-misread"
    | "questions-open"
    | "corrections-open"
    | "bursts-open"
    | "burst-liftings-open"
    | "deliveries-dead"
    | "campaigns-in-review"
    | "form-questions-open";
};

/** Describes things that wait for somebody's decision: how many, and since when. */
function useWaitingWords() {
  const t = useTranslations("need");
  return ({ kind, count, oldest }: Waiting) => ({
    title: t(`${kind}.title`, { count }),
    body: t(`${kind}.body`, { count }),
    time: t.rich("oldest", { time: () => <LocalTime instant={oldest} /> }),
  });
}

/**
 * Describes a campaign that paused itself: how many of the people it reached refused, opted out or complained
 * (`refused`), and since when it waits.
 */
function usePausedWords() {
  const t = useTranslations("need");
  return ({ name, refused, reached, since }: Need & { kind: "campaign-held" }) => ({
    title: t("campaignHeld", { name }),
    body: t("campaignHeldBody", { refused, reached }),
    time: t.rich("campaignHeldDue", { time: () => <LocalTime instant={since} /> }),
  });
}
