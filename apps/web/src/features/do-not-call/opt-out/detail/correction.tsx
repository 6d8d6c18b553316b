import type { CorrectionView } from "@ringfence/services/do-not-call/opt-out";
import { useTranslations } from "next-intl";
import Link from "next/link";
import type { ReactNode } from "react";
import { OfficerRequest, requestState } from "@/components/officer-request";
import { PhoneText } from "@/components/phone-text";

type CorrectionEntryProps = { correction: CorrectionView; children?: ReactNode };

/** Shows a request to correct a refusal, its outcome, and below it the possible answers. */
export function CorrectionEntry({ correction, children }: CorrectionEntryProps) {
  const t = useTranslations("correction");
  const { replacement, answer } = correction;
  return (
    <OfficerRequest
      request={correction}
      words={{
        title: t(requestState(answer)),
        reasonErased: t("reasonErased"),
        askedFor: t("askedFor"),
        answered: t(answer?.isAccepted ? "acceptedAt" : "leftAt"),
      }}
      detail={
        replacement === null
          ? t("noReplacement")
          : t.rich("replacement", {
              phone: () =>
                replacement.phone ? <PhoneText phone={replacement.phone} /> : t("erased"),
              reference: replacement.reference,
              link: (text) => <Link href={`/opt-outs/${replacement.optOutId}`}>{text}</Link>,
            })
      }
    >
      {children}
    </OfficerRequest>
  );
}
