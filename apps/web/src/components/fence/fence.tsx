import { useTranslations } from "next-intl";
import { AgeBar } from "../age-bar";
import type { Gate } from "./gate";
import { GateGlyph } from "./gate-glyph";
import { toGates } from "./to-gates";
import type { ScreeningAnswer } from "./screening-answer";
import { useGateWords } from "./use-gate-words";

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
            {t("source.rules")} <code>{ends(checked.rules)}</code>
          </>
        )}
      </div>
      <p className="law">{[...new Set(laws)].join("; ")}</p>
    </>
  );
}

/** Shortens a hash to its first and last four digits, which is what people compare. */
const ends = (hash: string) => `${hash.slice(0, 4)}…${hash.slice(-4)}`;

/** True for facts that are read from the database at the moment of the verdict. */
const isLive = (name: Gate["name"]) =>
  name === "opt-outs" || name === "suppressions" || name === "consent" || name === "caps";
