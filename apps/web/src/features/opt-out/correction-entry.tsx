import type { CorrectionTold } from "@ringfence/services/opt-out";
import { useTranslations } from "next-intl";
import Link from "next/link";
import type { ReactNode } from "react";
import { LocalTime } from "@/components/local-time";
import { PhoneText } from "@/components/phone-text";
import { RecordedBy } from "@/components/recorded-by";

/** What an officer asked for, of whom, and what it came to; below it what can be done. */
export function CorrectionEntry({
  correction: { reason, replacement, proposedAt, by, answer },
  children,
}: {
  correction: CorrectionTold;
  children?: ReactNode;
}) {
  const t = useTranslations("correction");
  return (
    <li className="grid gap-1 border-b border-line py-2.5">
      <h3 className="text-base font-semibold">{t(titleOf(answer))}</h3>
      <p className="max-w-[46rem] whitespace-pre-line">{reason ?? t("reasonErased")}</p>
      <p>
        {replacement === null
          ? t("noReplacement")
          : t.rich("replacement", {
              phone: () =>
                replacement.phone ? <PhoneText phone={replacement.phone} /> : t("erased"),
              reference: replacement.reference,
              link: (text) => <Link href={`/opt-outs/${replacement.optOutId}`}>{text}</Link>,
            })}
      </p>
      <p className="text-sm text-muted">
        {t("askedFor")} <LocalTime instant={proposedAt} precision="evidence" />,{" "}
        <RecordedBy by={by} />
      </p>
      {answer && (
        <p className="text-sm text-muted">
          {t(answer.isAccepted ? "acceptedAt" : "leftAt")}{" "}
          <LocalTime instant={answer.at} precision="evidence" />, <RecordedBy by={answer.by} />
        </p>
      )}
      {children}
    </li>
  );
}

function titleOf(answer: CorrectionTold["answer"]) {
  if (answer === null) return "waits";
  return answer.isAccepted ? "accepted" : "left";
}
