import { useTranslations } from "next-intl";
import { AgeBar } from "../age-bar";
import type { Gate } from "./gate";
import { GateGlyph } from "./gate-glyph";
import { gatesOf } from "./gates-of";
import type { ScreeningAnswer } from "./screening-answer";
import { useGateWords } from "./use-gate-words";

/** Every check in its order: its gate, what was found, from where and how old, and by which law. */
export function Fence({ answer }: { answer: ScreeningAnswer }) {
  const words = useGateWords(answer);
  return (
    <ol className="gates">
      {gatesOf(answer).map((gate) => (
        <li
          key={gate.key}
          id={`gate-${gate.key}`}
          className={`${gate.state} ${gate.isPast ? "past" : ""}`}
        >
          <GateGlyph state={gate.state} />
          <GateRow gate={gate} words={words} at={answer.checked?.at} />
        </li>
      ))}
    </ol>
  );
}

type GateRowProps = {
  gate: Gate;
  words: ReturnType<typeof useGateWords>;
  at: Date | undefined;
};

function GateRow({ gate, words, at }: GateRowProps) {
  const t = useTranslations("fence");
  const { name, state, reasons, edition } = gate;
  const laws = reasons.map(({ citation, rule }) => citation ?? rule).filter(Boolean);
  return (
    <>
      <p className="what">
        <b>{words.nameOf(gate)}</b> <span className="state">{t(`state.${state}`)}</span>
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
        {at && isLive(name) && t("live", { time: words.timeOf(at) })}
      </div>
      <p className="law">{[...new Set(laws)].join("; ")}</p>
    </>
  );
}

/** Read from the database in the moment of the verdict. */
const isLive = (name: Gate["name"]) =>
  name === "opt-outs" || name === "suppressions" || name === "consent" || name === "caps";
