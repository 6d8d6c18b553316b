import type { Outcome } from "@ringfence/core/proof/ledger";
import type { Told } from "ringfence-verify/tell";
import { CircleCheck, CircleDashed, CircleHelp, CircleX } from "lucide-react";
import { useTranslations } from "next-intl";
import { Icon } from "@/components/icon";

const looks = {
  passed: { icon: CircleCheck, ink: "text-allow" },
  consistent: { icon: CircleHelp, ink: "text-muted" },
  failed: { icon: CircleX, ink: "text-refuse" },
  absent: { icon: CircleDashed, ink: "text-muted" },
} satisfies Record<Outcome, object>;

/** What was looked at and what was found, a sentence each. */
export function Steps({ steps }: Pick<Told, "steps">) {
  const t = useTranslations("certificate.outcome");
  return (
    <ol>
      {steps.map(({ title, outcome, sentence }) => (
        <li
          key={title}
          className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2.5 border-b border-line py-2.5 sm:grid-cols-[auto_8rem_minmax(0,1fr)]"
        >
          <span className={looks[outcome].ink}>
            <Icon of={looks[outcome].icon} />
            <span className="sr-only">{t(outcome)}</span>
          </span>
          <b>{title}</b>
          <p className="col-start-2 wrap-anywhere sm:col-start-3">{sentence}</p>
        </li>
      ))}
    </ol>
  );
}
