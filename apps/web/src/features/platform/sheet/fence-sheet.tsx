import type { GateState } from "@/components/fence/gate";
import { GateGlyph } from "@/components/fence/gate-glyph";
import { Fence } from "@/components/fence/fence";
import { FenceMicro } from "@/components/fence/fence-micro";
import { FenceStrip } from "@/components/fence/fence-strip";
import { Seal } from "@/components/seal";
import { Section } from "@/components/section";
import { Verdict } from "@/components/verdict";
import { answers, hashes } from "./samples";
import { words } from "./words";

const states: readonly GateState[] = ["open", "shut", "unchecked", "ajar", "none"];

export const FenceSheet = () => (
  <>
    <Section title={words.gates}>
      <div className="grid grid-cols-1 items-start gap-x-10 gap-y-6 pt-4 md:grid-cols-2">
        <ol className="gates gate-legend">
          {states.map((state) => (
            <li key={state} className={state}>
              <GateGlyph state={state} />
              <p className="what">
                <b>{words.gateStates[state][0]}</b>
              </p>
              <p className="said">{words.gateStates[state][1]}</p>
            </li>
          ))}
        </ol>
        <div className="grid gap-2">
          <h3>{words.micro}</h3>
          {Object.entries(answers).map(([name, answer]) => (
            <p key={name}>
              <FenceMicro answer={answer} />
            </p>
          ))}
          <h3 className="mt-3">{words.seals}</h3>
          <p className="flex gap-2">
            {hashes.map((hash) => (
              <Seal key={hash} hash={hash} size={56} />
            ))}
          </p>
        </div>
      </div>
    </Section>
    <Section title={words.verdict}>
      <div className="pt-4">
        <Verdict verdict="refuse" meta={words.refusedMeta}>
          {words.refused}
        </Verdict>
        <Verdict verdict="allow" meta={words.allowedMeta}>
          {words.allowed}
        </Verdict>
      </div>
    </Section>
    <Section title={words.strip}>
      <div className="grid gap-6 pt-4">
        <FenceStrip answer={answers.allowed} />
        <FenceStrip answer={answers.refused} isLinked />
        <FenceStrip answer={answers.unchecked} />
      </div>
    </Section>
    <Section title={words.fence}>
      <Fence answer={answers.refused} />
    </Section>
  </>
);
