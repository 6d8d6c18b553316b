import type { Judged } from "@ringfence/services/phone";
import { useTranslations } from "next-intl";
import { Fence } from "@/components/fence/fence";
import type { GateState } from "@/components/fence/gate";
import { gatesOf } from "@/components/fence/gates-of";
import { Section } from "@/components/section";

/** The fence told in full, and how many gates are in which state. */
export function EveryCheck({ answer }: { answer: Judged["answer"] }) {
  const t = useTranslations("number");
  const gates = gatesOf(answer);
  const count = (state: GateState) => gates.filter((gate) => gate.state === state).length;
  return (
    <Section
      title={t("checks")}
      aside={t("checksCount", {
        open: count("open"),
        shut: count("shut"),
        unchecked: count("unchecked"),
        ajar: count("ajar"),
        none: count("none"),
      })}
    >
      <Fence answer={answer} />
      <p className="mt-2.5 text-xs text-muted">{t("checksFoot")}</p>
    </Section>
  );
}
