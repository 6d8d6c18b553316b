import { useFormatter, useLocale, useTranslations } from "next-intl";
import { PhoneIncoming, PhoneOff, PhoneOutgoing } from "lucide-react";
import { AgeBar } from "../dates";
import { type Gate, type GateName, type GateState, type ScreeningAnswer, isRefusing } from "./gate";
import { toGates } from "./to-gates";
import { Icon } from "../icons";
import { placeName, shortPlaceName } from "@/i18n/place-name";
import { registryName } from "@/i18n/registry-name";
import {
  formatClock,
  formatInstant,
  formatShortDay,
  zoneCity,
  zoneLabel,
} from "@/i18n/format-time";

/** Lists every check in order: its gate, the finding, its source and age, and the law. */
export function Fence({ answer }: { answer: ScreeningAnswer }) {
  const words = useGateWords(answer);
  return (
    <ol className="gates">
      {toGates(answer).map((gate) => (
        <li
          key={gate.key}
          id={`gate-${gate.key}`}
          className={`${gate.state} ${gate.isPast ? "past" : ""}`}
        >
          <GateGlyph state={gate.state} />
          <GateRow gate={gate} words={words} checked={answer.checked} />
        </li>
      ))}
    </ol>
  );
}

type GateRowProps = {
  gate: Gate;
  words: ReturnType<typeof useGateWords>;
  checked: ScreeningAnswer["checked"];
};

function GateRow({ gate, words, checked }: GateRowProps) {
  const t = useTranslations("fence");
  const { name, state, reasons, edition } = gate;
  const laws = reasons.map(({ citation, rule }) => citation ?? rule).filter(Boolean);
  return (
    <>
      <p className="what">
        <b>{words.gateName(gate)}</b> <span className="state">{t(`state.${state}`)}</span>
      </p>
      <div className="said">
        {reasons.length === 0 && (
          <p>{state === "open" ? t(`open.${name}`, words.values) : t(`plain.${state}`)}</p>
        )}
        {reasons.map(({ sentence }) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </div>
      <div className="src">
        {edition && (
          <>
            <AgeBar ageDays={edition.ageDays} limitDays={edition.limitDays} />
            <span className="text-xs">{t("edition", { number: edition.edition })}</span>
          </>
        )}
        {checked && isLive(name) && t("live", { time: words.formatTime(checked.at) })}
        {checked && (name === "number" || name === "hours") && t(`source.${name}`)}
        {checked?.rules && name === "jurisdiction" && (
          <>
            {t("source.rules")} <code>{shortenHash(checked.rules)}</code>
          </>
        )}
      </div>
      <p className="law">{[...new Set(laws)].join("; ")}</p>
    </>
  );
}

/** Shortens a hash to its first and last four digits, which is what people compare. */
const shortenHash = (hash: string) => `${hash.slice(0, 4)}…${hash.slice(-4)}`;

/** True for facts that are read from the database at the moment of the verdict. */
const isLive = (name: Gate["name"]) =>
  name === "opt-outs" || name === "suppressions" || name === "consent" || name === "caps";

/** Headings above several gates each. */
const groups = [
  { key: "person", names: ["number", "opt-outs", "suppressions", "consent", "reassigned"] },
  { key: "lists", names: ["registry"] },
  { key: "call", names: ["dialer", "sector", "caps"] },
  { key: "place", names: ["hours", "zone", "jurisdiction"] },
] as const satisfies readonly { key: string; names: readonly GateName[] }[];

type FenceStripProps = {
  answer: ScreeningAnswer;
  /** True if the page also has the whole `Fence`: the gates then link to its rows. */
  isLinked?: boolean;
};

/** The fence as a strip: a call moves from left to right, and each check is a gate in its way. */
export function FenceStrip({ answer, isLinked = false }: FenceStripProps) {
  const t = useTranslations("fence.group");
  const words = useGateWords(answer);
  const gates = toGates(answer);
  const passes = !gates.some(isRefusing);
  return (
    <figure aria-label={words.summarize(gates)} className={passes ? "fence passes" : "fence"}>
      <div className="fence-groups" aria-hidden>
        {groups.map(({ key, names }) => (
          <span key={key} className={`col-span-${countGates(gates, names)}`}>
            {t(key)}
          </span>
        ))}
      </div>
      <div className="fence-row">
        <span className="end from">
          <Icon of={PhoneOutgoing} />
        </span>
        {gates.map((gate) => (
          <StripGate
            key={gate.key}
            gate={gate}
            name={gate.registry || words.gateName(gate)}
            found={words.describeFinding(gate)}
            isLinked={isLinked}
          />
        ))}
        <span className="end to">
          <Icon of={passes ? PhoneIncoming : PhoneOff} />
        </span>
      </div>
    </figure>
  );
}

const countGates = (gates: readonly Gate[], names: readonly GateName[]) =>
  gates.filter(({ name }) => names.includes(name)).length;

type StripGateProps = { gate: Gate; name: string; found: string; isLinked: boolean };

function StripGate({ gate, name, found, isLinked }: StripGateProps) {
  const t = useTranslations("fence.state");
  const className = `gate ${gate.state} ${gate.isPast ? "past" : ""}`;
  const inside = (
    <>
      <GateGlyph state={gate.state} />
      <span className="name">{name}</span>{" "}
      <span className="state">
        {isRefusing(gate) && found !== t(gate.state) && (
          <span className="sr-only">{t(gate.state)}, </span>
        )}
        {found}
      </span>
    </>
  );
  return isLinked ? (
    <a className={className} href={`#gate-${gate.key}`}>
      {inside}
    </a>
  ) : (
    <span className={className}>{inside}</span>
  );
}

export const GateGlyph = ({ state }: { state: GateState }) => (
  <svg aria-hidden>
    <use href={`#gate-${state}`} />
  </svg>
);

/** Names gates and their findings, with times in the called person's time zone. */
export function useGateWords({ checked }: ScreeningAnswer) {
  const t = useTranslations("fence");
  const format = useFormatter();
  const locale = useLocale();
  const zone = checked?.zones[0] ?? "UTC";

  const gateName = ({ name, registry }: Gate) =>
    registry ? registryName(registry) : t(`gate.${name}`);
  const namesIn = (gates: readonly Gate[], state: GateState) =>
    format.list(gates.filter((gate) => gate.state === state).map(gateName));

  const formatDay = (instant: Date) => formatShortDay(locale, zone, instant);

  /** Short text below a gate of the strip. */
  function describeFinding({ finding, state }: Gate): string {
    switch (finding.is) {
      case "age":
        return t("found.age", { age: Math.ceil(finding.ageDays), limit: finding.limitDays });
      case "since":
        return formatDay(finding.instant);
      case "until":
        return t("found.until", { time: formatUntil(finding.instant) });
      case "zones":
        return finding.zones.length === 1
          ? zoneCity(locale, finding.zones[0] ?? "UTC")
          : t("found.zones", { count: finding.zones.length });
      case "places":
        return finding.places.map((place) => shortPlaceName(locale, place)).join(", ");
      case "state":
        return t(`state.${state}`);
    }
  }

  /** Formats the time if it is on the day of the screening, else the day. */
  const formatUntil = (instant: Date) =>
    checked && formatDay(instant) === formatDay(checked.at)
      ? formatClock(zone, instant)
      : formatDay(instant);

  /** Describes the whole strip for screen readers. */
  function summarize(gates: readonly Gate[]): string {
    const sentences = (["shut", "unchecked", "ajar"] as const)
      .map((state) => [state, namesIn(gates, state)] as const)
      .filter(([, names]) => names !== "")
      .map(([state, names]) => t(`summary.${state}`, { names }));
    const rest = gates.filter((gate) => !isRefusing(gate) && gate.state !== "ajar");
    const none = rest.filter(({ state }) => state === "none").length;
    return [
      t("summary.gates", { count: gates.length }),
      ...sentences,
      t("summary.rest", { open: rest.length - none, none }),
    ].join(" ");
  }

  /** Formats a time to the second, with its time zone. */
  const formatTime = (instant: Date) =>
    `${formatClock(zone, instant, "second")} ${zoneLabel(locale, zone, instant)}`;

  /** Values for the sentences of open gates. */
  const values = {
    since: checked?.consent ? formatInstant(locale, zone, checked.consent.since, "day") : "",
    zones: format.list(checked?.zones.map((zone) => zoneCity(locale, zone)) ?? []),
    places: format.list(checked?.jurisdictions.map((place) => placeName(locale, place)) ?? []),
  };
  return { values, gateName, describeFinding, summarize, formatTime };
}
