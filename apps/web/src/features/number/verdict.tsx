import type { Judged, Person } from "@ringfence/services/phone";
import { PhoneOff, PhoneOutgoing } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { LocalTime } from "@/components/local-time";
import { PhoneText } from "@/components/phone-text";
import { tellTime } from "@/i18n/tell-time";
import { useBecause } from "./use-because";

type VerdictProps = { answer: Judged["answer"]; person: Person };

/** The largest thing on the page; its first words decide. */
export function Verdict({ answer, person }: VerdictProps) {
  const t = useTranslations("number");
  const locale = useLocale();
  const because = useBecause(answer, person);
  const { phone, refusals, warnings, checked, callableFrom } = answer;
  const [first, ...more] = refusals;
  const zone = checked.zones[0] ?? "UTC";
  const words = {
    phone: () => phone && <PhoneText phone={phone} />,
    no: (text: ReactNode) => <strong className="text-refuse">{text}</strong>,
    yes: (text: ReactNode) => <strong className="text-allow">{text}</strong>,
  };
  return (
    <section
      aria-label={t("verdict")}
      className="mb-6 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3.5"
    >
      <VerdictIcon isAllowed={first === undefined} />
      <div>
        <p className="max-w-[50rem] text-xl text-pretty md:text-2xl">
          {first === undefined
            ? t.rich("allow", {
                ...words,
                consented: checked.consent ? "yes" : "no",
                day: checked.consent ? tellTime(locale, zone, checked.consent.since, "day") : "",
                warnings: warnings.length,
              })
            : t.rich("refuse", { ...words, because: because(first), more: more.length })}
        </p>
        <p className="mt-1.5 text-sm text-muted">
          {t.rich("looked", {
            time: () => <LocalTime instant={checked.at} zone={zone} precision="evidence" />,
          })}{" "}
          {callableFrom &&
            t.rich("opensAt", { time: () => <LocalTime instant={callableFrom} zone={zone} /> })}
          {first && !callableFrom && t("staysShut")}
        </p>
      </div>
    </section>
  );
}

const VerdictIcon = ({ isAllowed }: { isAllowed: boolean }) => {
  const Shape = isAllowed ? PhoneOutgoing : PhoneOff;
  return (
    <Shape
      aria-hidden
      strokeWidth={1.75}
      className={`size-9 md:size-11 md:-mt-0.5 ${isAllowed ? "text-allow" : "text-refuse"}`}
    />
  );
};
