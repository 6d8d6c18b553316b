import type { ScreeningAnswer } from "@ringfence/core/calling/screening";
import { useTranslations } from "next-intl";
import type { GateName } from "@/components/fence/gate";
import { gatesOf } from "@/components/fence/gates-of";
import { useGateWords } from "@/components/fence/use-gate-words";

/** What a call is asked for first; the others are plain when these are open. */
const telling: ReadonlySet<GateName> = new Set(["opt-outs", "consent", "registry", "hours"]);

/** Why the call may be placed: what was looked for in its way, and was not there. */
export function OpenGates({ answer }: { answer: ScreeningAnswer }) {
  const t = useTranslations("fence.open");
  const number = useTranslations("number");
  const { nameOf, values } = useGateWords(answer);
  const gates = gatesOf(answer).filter(({ name, state }) => state === "open" && telling.has(name));
  return (
    <ul>
      {gates.map((gate) => (
        <li key={gate.key} className="border-b border-line py-2.5 text-md">
          <b>{nameOf(gate)}.</b> {t(gate.name, values)}{" "}
          <a className="screenonly text-sm" href={`#gate-${gate.key}`}>
            {number("gate")}
          </a>
        </li>
      ))}
    </ul>
  );
}
