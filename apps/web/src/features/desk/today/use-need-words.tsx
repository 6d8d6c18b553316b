import { say } from "@ringfence/core/platform/message";
import type { Need, Today } from "@ringfence/services/desk/today";
import { useFormatter, useLocale, useTimeZone, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { LocalTime } from "@/components/local-time";
import { tellTime } from "@/i18n/tell-time";
import { useHeldWords } from "./use-held-words";
import { useRegistryWords } from "./use-registry-words";
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
  const heldWords = useHeldWords();
  const registryWords = useRegistryWords(refused);
  const dayOf = (instant: Date) => tellTime(locale, zone, instant, "day");

  return (need: Need): NeedWords => {
    switch (need.kind) {
      case "violations-open":
        return violationWords(need);
      case "opt-outs-misread":
      case "questions-open":
      case "complaints-open":
      case "corrections-open":
      case "bursts-open":
      case "burst-liftings-open":
        return waitingWords(need);
      case "keys-cut":
        return {
          title: t("keysCut", { count: need.names.length }),
          body: t("keysCutBody", { names: format.list(need.names) }),
        };
      case "campaign-held":
        return heldWords(need);
      case "registry-unread":
      case "registry-stale":
      case "registry-near":
      case "registries-missing":
        return registryWords(need);
      case "edition-held":
        return {
          title: t("held", { name: need.name }),
          body: need.fault && say(locale, need.fault, zone),
          due: t.rich("heldDue", { time: () => <LocalTime instant={need.readAt} /> }),
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
