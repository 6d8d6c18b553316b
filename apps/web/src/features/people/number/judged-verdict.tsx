import type { Judged, Person } from "@ringfence/services/people/phone";
import { useLocale, useTranslations } from "next-intl";
import { LocalTime } from "@/components/local-time";
import { PhoneText } from "@/components/phone-text";
import { Verdict } from "@/components/verdict";
import { tellTime } from "@/i18n/tell-time";
import { useBecause } from "./use-because";

type JudgedVerdictProps = { answer: Judged["answer"]; person: Person; hasFocus?: boolean };

/** What a screening would say now, whose number it is, and what decides. */
export function JudgedVerdict({ answer, person, hasFocus = false }: JudgedVerdictProps) {
  const t = useTranslations("number");
  const locale = useLocale();
  const because = useBecause(answer, person);
  const { phone, verdict, refusals, warnings, checked, callableFrom } = answer;
  const [first, ...more] = refusals;
  const zone = checked.zones[0] ?? "UTC";
  const number = { phone: () => phone && <PhoneText phone={phone} /> };
  const meta = (
    <>
      {t.rich("looked", {
        time: () => <LocalTime instant={checked.at} zone={zone} precision="evidence" />,
      })}{" "}
      {callableFrom &&
        t.rich("opensAt", { time: () => <LocalTime instant={callableFrom} zone={zone} /> })}
      {first && !callableFrom && t("staysShut")}
    </>
  );
  return (
    <Verdict verdict={verdict} meta={meta} hasFocus={hasFocus}>
      {first
        ? t.rich("refuse", { ...number, because: because(first), more: more.length })
        : t.rich("allow", {
            ...number,
            consented: checked.consent ? "yes" : "no",
            day: checked.consent ? tellTime(locale, zone, checked.consent.since, "day") : "",
            warnings: warnings.length,
          })}
    </Verdict>
  );
}
