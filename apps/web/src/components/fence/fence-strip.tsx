import { PhoneIncoming, PhoneOff, PhoneOutgoing } from "lucide-react";
import { useTranslations } from "next-intl";
import { Icon } from "../icon";
import { type Gate, type GateName, stops } from "./gate";
import { GateGlyph } from "./gate-glyph";
import { toGates } from "./to-gates";
import type { ScreeningAnswer } from "./screening-answer";
import { useGateWords } from "./use-gate-words";

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
  const passes = !gates.some(stops);
  return (
    <figure
      aria-label={words.summarize(gates)}
      className={passes ? "fence passes" : "fence"}
      style={{ "--gates": gates.length }}
    >
      <div className="fence-groups" aria-hidden>
        {groups.map(({ key, names }) => (
          <span key={key} style={{ gridColumn: `span ${countGates(gates, names)}` }}>
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
            name={words.gateName(gate)}
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
        {stops(gate) && found !== t(gate.state) && (
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
