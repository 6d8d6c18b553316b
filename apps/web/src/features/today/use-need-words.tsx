import { say } from "@ringfence/core/message";
import type { Failure, Need, Today } from "@ringfence/services/today";
import { useFormatter, useLocale, useTimeZone, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { LocalTime } from "@/components/local-time";
import { tellTime } from "@/i18n/tell-time";
import { useViolationWords } from "./use-violation-words";
import { useWaitingWords } from "./use-waiting-words";

const failedKeys = {
  "registry.sync": "registryFailed",
  "scrub.run": "scrubFailed",
  "import.run": "importFailed",
  "form.check": "formCheckFailed",
} as const;

type NeedWords = { title: ReactNode; body?: ReactNode; due?: ReactNode };

/** What waits, in words. `refused` is how many calls a registry stopped in 24 hours, by its code. */
export function useNeedWords(refused: Today["refusals"]["unchecked"]) {
  const t = useTranslations("need");
  const locale = useLocale();
  const zone = useTimeZone() ?? "UTC";
  const format = useFormatter();
  const violationWords = useViolationWords();
  const waitingWords = useWaitingWords();
  const dayOf = (instant: Date) => tellTime(locale, zone, instant, "day");
  const lastTry = (failure: Failure | null) =>
    failure?.error
      ? t.rich("failed", { ...timeOf(failure.at), error: say(locale, failure.error, zone) })
      : failure && t.rich("failedBare", timeOf(failure.at));
  const stops = (need: { code: string; failure: Failure | null }) => (
    <>
      {t("refuses", { count: refused[need.code] ?? 0 })} {lastTry(need.failure)}
    </>
  );

  return (need: Need): NeedWords => {
    switch (need.kind) {
      case "violations-open":
        return violationWords(need);
      case "opt-outs-misread":
      case "questions-open":
      case "complaints-open":
      case "corrections-open":
        return waitingWords(need);
      case "campaign-held":
        return {
          title: t("campaignHeld", { name: need.name }),
          body: t("campaignHeldBody", { refused: need.refused, reached: need.reached }),
          due: t.rich("campaignHeldDue", timeOf(need.since)),
        };
      case "registry-unread":
        return { title: t("unread", { name: need.name }), body: stops(need) };
      case "registry-stale":
        return { title: t("old", old(need)), body: stops(need) };
      case "registry-near":
        return {
          title: t("old", old(need)),
          body: (
            <>
              {t("willRefuse")} {lastTry(need.failure)}
            </>
          ),
        };
      case "edition-held":
        return {
          title: t("held", { name: need.name }),
          body: need.fault && say(locale, need.fault, zone),
          due: t.rich("heldDue", timeOf(need.readAt)),
        };
      case "run-failed":
        return {
          title: t(failedKeys[need.job], { subject: need.subject ?? t("unnamed") }),
          body: need.failure.error && say(locale, need.failure.error, zone),
          due: need.failure.at && <LocalTime instant={need.failure.at} />,
        };
      case "consents-ending":
        return {
          title: t("ending", { count: need.count, day: dayOf(need.before) }),
          body: t("endingBody", { sellers: format.list(need.sellers) }),
          due: t("endingDue", { day: dayOf(need.first) }),
        };
    }
  };
}

const timeOf = (instant: Date | null) => ({
  time: () => instant && <LocalTime instant={instant} />,
});

const old = ({
  name,
  ageDays,
  limitDays,
}: {
  name: string;
  ageDays: number;
  limitDays: number;
}) => ({
  name,
  age: Math.ceil(ageDays),
  limit: limitDays,
});
