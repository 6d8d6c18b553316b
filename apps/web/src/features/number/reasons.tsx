import { say } from "@ringfence/core/message";
import type { Refusal } from "@ringfence/core/screening";
import type { Judged } from "@ringfence/services/phone";
import { useLocale, useTranslations } from "next-intl";
import { gatesOf } from "@/components/fence/gates-of";

type ReasonsProps = { reasons: readonly Refusal[]; answer: Judged["answer"] };

/** Each with what it is called, what it says, the law and the rule behind it, and its gate. */
export function Reasons({ reasons, answer }: ReasonsProps) {
  const t = useTranslations("number");
  const names = useTranslations("reason");
  const locale = useLocale();
  const gates = gatesOf(answer);
  return (
    <ol>
      {reasons.map((refusal, i) => {
        const { reason, message, citation, rule } = refusal;
        const gate = gates.find(({ reasons }) => reasons.includes(refusal));
        const law = [citation, rule].filter(Boolean).join("; ");
        return (
          <li
            // oxlint-disable-next-line react/no-array-index-key -- they never move
            key={i}
            className="grid grid-cols-[1.75rem_minmax(0,1fr)] gap-y-0.5 border-b border-line py-2.5"
          >
            <span aria-hidden className="text-md text-muted">
              {i + 1}
            </span>
            <p className="max-w-[44rem] text-md text-pretty">
              <b>{names(reason)}.</b> {say(locale, message, answer.checked.zones[0])}
            </p>
            <p className="col-start-2 text-sm text-muted">
              {law && `${law} · `}
              <code>{reason}</code>
              {gate && (
                <>
                  {" · "}
                  <a className="screenonly" href={`#gate-${gate.key}`}>
                    {t("gate")}
                  </a>
                </>
              )}
            </p>
          </li>
        );
      })}
    </ol>
  );
}
