import type { ReasonTold, ScreeningAnswer } from "@ringfence/core/calling/screening";
import { useTranslations } from "next-intl";
import { gatesOf } from "@/components/fence/gates-of";

type ReasonsProps = { reasons: readonly ReasonTold[]; answer: ScreeningAnswer };

/** Each with what it is called, what it says, the law and the rule behind it, and its gate. */
export function Reasons({ reasons, answer }: ReasonsProps) {
  const t = useTranslations("number");
  const names = useTranslations("reasons");
  const gates = gatesOf(answer);
  return (
    <ol>
      {reasons.map((told, i) => {
        const { reason, sentence, citation, rule } = told;
        const gate = gates.find(({ reasons }) => reasons.includes(told));
        const law = [citation, rule].filter(Boolean).join("; ");
        return (
          <li
            key={sentence}
            className="grid grid-cols-[1.75rem_minmax(0,1fr)] gap-y-0.5 border-b border-line py-2.5"
          >
            <span aria-hidden className="text-md text-muted">
              {i + 1}
            </span>
            <p className="max-w-[44rem] text-md text-pretty">
              <b>{names(`${reason}.name`)}.</b> {sentence}
            </p>
            <p className="col-start-2 text-sm text-muted">
              {law && `${law} · `}
              <code>{reason}</code>
              {gate && (
                <span className="screenonly">
                  {" · "}
                  <a href={`#gate-${gate.key}`}>{t("gate")}</a>
                </span>
              )}
            </p>
          </li>
        );
      })}
    </ol>
  );
}
