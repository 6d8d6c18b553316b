import type { ContactId } from "@ringfence/core/ids";
import type { Locale } from "@ringfence/core/platform/message";
import { useTranslations } from "next-intl";
import { Section } from "@/components/page-layout";
import { AccessReportForm } from "./access-report-form";

type AccessReportSectionProps = {
  contactId: ContactId;
  /** The person's language, if the pages have it. */
  language: Locale;
  whyNot: string | undefined;
};

/** Answers a person who asks what is stored about them, and says by when. */
export function AccessReportSection({ contactId, language, whyNot }: AccessReportSectionProps) {
  const t = useTranslations("accessReport");
  return (
    <Section title={t("title")} aside={t("note")}>
      <div className="grid max-w-[46rem] gap-2 pt-2.5">
        <p>{t("deadline")}</p>
        <p className="text-sm text-muted">{t("deadlineSource")}</p>
        <p>{t("identity")}</p>
      </div>
      <AccessReportForm contactId={contactId} language={language} whyNot={whyNot} />
    </Section>
  );
}
