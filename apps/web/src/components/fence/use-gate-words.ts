import { useFormatter, useLocale, useTranslations } from "next-intl";
import { tellClock, tellShortDay, tellTime, zoneCity, zoneLabel } from "@/i18n/tell-time";
import { type Gate, type GateState, stops } from "./gate";
import type { ScreeningAnswer } from "./screening-answer";

/** Names gates and their findings, with times in the called person's time zone. */
export function useGateWords({ checked }: ScreeningAnswer) {
  const t = useTranslations("fence");
  const format = useFormatter();
  const locale = useLocale();
  const zone = checked?.zones[0] ?? "UTC";

  const gateName = ({ name, registry }: Gate) => registry || t(`gate.${name}`);
  const namesIn = (gates: readonly Gate[], state: GateState) =>
    format.list(gates.filter((gate) => gate.state === state).map(gateName));

  const formatDay = (instant: Date) => tellShortDay(locale, zone, instant);

  /** Short text below a gate of the strip. */
  function describeFinding({ finding, state }: Gate): string {
    switch (finding.is) {
      case "age":
        return t("found.age", { age: Math.ceil(finding.ageDays), limit: finding.limitDays });
      case "since":
        return formatDay(finding.instant);
      case "until":
        return t("found.until", { time: untilWords(finding.instant) });
      case "zones":
        return finding.zones.length === 1
          ? zoneCity(locale, finding.zones[0] ?? "UTC")
          : t("found.zones", { count: finding.zones.length });
      case "names":
        return finding.names.join(", ");
      case "state":
        return t(`state.${state}`);
    }
  }

  /** Formats the time if it is on the day of the screening, else the day. */
  const untilWords = (instant: Date) =>
    checked && formatDay(instant) === formatDay(checked.at)
      ? tellClock(zone, instant)
      : formatDay(instant);

  /** Describes the whole strip for screen readers. */
  function summarize(gates: readonly Gate[]): string {
    const told = (["shut", "unchecked", "ajar"] as const)
      .map((state) => [state, namesIn(gates, state)] as const)
      .filter(([, names]) => names !== "")
      .map(([state, names]) => t(`summary.${state}`, { names }));
    const rest = gates.filter((gate) => !stops(gate) && gate.state !== "ajar");
    const none = rest.filter(({ state }) => state === "none").length;
    return [
      t("summary.gates", { count: gates.length }),
      ...told,
      t("summary.rest", { open: rest.length - none, none }),
    ].join(" ");
  }

  /** Formats a time to the second, with its time zone. */
  const formatTime = (instant: Date) =>
    `${tellClock(zone, instant, "second")} ${zoneLabel(locale, zone, instant)}`;

  /** Values for the sentences of open gates. */
  const values = {
    since: checked?.consent ? tellTime(locale, zone, checked.consent.since, "day") : "",
    zones: format.list(checked?.zones ?? []),
    places: format.list(checked?.jurisdictions ?? []),
  };
  return { values, gateName, describeFinding, summarize, formatTime };
}
