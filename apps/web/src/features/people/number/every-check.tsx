import type { ScreeningAnswer } from "@ringfence/core/calling/screening";
import { useTranslations } from "next-intl";
import { Fence } from "@/components/fence/fence";
import type { GateState } from "@/components/fence/gate";
import { gatesOf } from "@/components/fence/gates-of";
import { Section } from "@/components/section";

const states: readonly GateState[] = ["open", "shut", "unchecked", "ajar", "none"];

/** The fence told in full, and how many gates are in which state. */
export function EveryCheck({ answer }: { answer: ScreeningAnswer }) {
  const t = useTranslations("number");
  const gates = gatesOf(answer);
  const counts = states
    .map((state) => ({ state, count: gates.filter((gate) => gate.state === state).length }))
    .filter(({ count }) => count > 0);
  return (
    <Section
      title={t("checks")}
      aside={counts.map(({ state, count }) => t(`count.${state}`, { count })).join(", ")}
    >
      <Fence answer={answer} />
      <p className="mt-2.5 text-xs text-muted">{t("checksFoot")}</p>
    </Section>
  );
}
