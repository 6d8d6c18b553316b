import {
  type CallPreferences,
  anyCalls,
  refusesSomeCalls,
} from "@ringfence/core/do-not-call/call-preference";
import { Section } from "./page-layout";
import { useFormatter, useTranslations } from "next-intl";

/** Returns a function that describes call preferences in sentences. */
function usePreferenceSentences() {
  const t = useTranslations("callPreferences");
  const weekdays = useTranslations("weekdays");
  const format = useFormatter();
  return ({ hours: { days, from, to }, refusedDialers }: CallPreferences): string[] => {
    const isAnyDay = days.length === anyCalls.hours.days.length;
    const isAnyHour = from === anyCalls.hours.from && to === anyCalls.hours.to;
    return [
      ...(isAnyDay && isAnyHour
        ? []
        : [
            t("hours", {
              days: isAnyDay ? "" : format.list(days.map((day) => weekdays(day))),
              hours: isAnyHour ? "" : t("span", { from, to }),
            }),
          ]),
      ...refusedDialers.map((dialer) => t(`refused.${dialer}`)),
    ];
  };
}

/** Shows members the call preferences of a person. Draws nothing if there are none. */
export function ChosenByPerson({ preferences }: PreferenceListProps) {
  const t = useTranslations("callPreferences");
  if (!preferences.some(refusesSomeCalls)) return null;
  return (
    <Section title={t("title")} aside={t("aside")}>
      <div className="pt-2.5">
        <PreferenceList preferences={preferences} />
      </div>
    </Section>
  );
}

type PreferenceListProps = {
  /** Preferences in force. */
  preferences: readonly CallPreferences[];
};

/** Lists call preferences. Draws nothing if the person accepts all calls. */
export function PreferenceList({ preferences }: PreferenceListProps) {
  const toSentences = usePreferenceSentences();
  const sentences = new Set(preferences.filter(refusesSomeCalls).flatMap(toSentences));
  if (sentences.size === 0) return null;
  return (
    <ul className="list-disc pl-5">
      {[...sentences].map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}
