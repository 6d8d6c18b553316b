import { Plus, Upload } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/button";
import { ButtonLink } from "@/components/button-link";

type OptOutActionsProps = { whyNotRecord: string | undefined; whyNotImport: string | undefined };

/** Links to record an opt-out or to import a file of them, or the reasons why not. */
export function OptOutActions({ whyNotRecord, whyNotImport }: OptOutActionsProps) {
  const t = useTranslations("optOuts");
  return (
    <span className="flex flex-wrap items-start gap-2">
      {whyNotImport === undefined ? (
        <ButtonLink href="/imports/new?kind=opt_outs" icon={Upload}>
          {t("import")}
        </ButtonLink>
      ) : (
        <Button whyNot={whyNotImport}>{t("import")}</Button>
      )}
      {whyNotRecord === undefined ? (
        <ButtonLink href="/opt-outs/new" look="primary" icon={Plus}>
          {t("add")}
        </ButtonLink>
      ) : (
        <Button whyNot={whyNotRecord}>{t("add")}</Button>
      )}
    </span>
  );
}
