import type { Today } from "@ringfence/services/desk/today";
import { useLocale, useTimeZone, useTranslations } from "next-intl";
import { Count } from "@/components/count";
import { Facts } from "@/components/facts";
import { Share } from "@/components/share";
import { zoneLabel } from "@/i18n/tell-time";
import { useSpeedFacts } from "./refusal-speed-facts";
import { useMonthFacts } from "./month-facts";

type DayFactsProps = Pick<Today, "day" | "speed" | "month">;

/** What happened since midnight by the member's clock, how fast refusals were, and calls that passed the gate by. */
export function DayFacts({ day: { at, optOuts, screened }, speed, month }: DayFactsProps) {
  const t = useTranslations("today");
  const zone = zoneLabel(useLocale(), useTimeZone() ?? "UTC", at);
  const all = screened.allowed + screened.refused;
  const since = [t("sinceMidnight", { zone })];
  return (
    <Facts
      facts={[
        { name: t("optOuts"), value: <Strong value={optOuts} />, notes: since },
        { name: t("screened"), value: <Strong value={all} />, notes: since },
        ...(all > 0
          ? [{ name: t("refused"), value: <Share count={screened.refused} of={all} /> }]
          : []),
        ...useSpeedFacts(speed),
        ...useMonthFacts(month),
      ]}
    />
  );
}

const Strong = ({ value }: { value: number }) => (
  <b>
    <Count value={value} />
  </b>
);
