import { Upload } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/button";
import { ButtonLink } from "@/components/button-link";

/** The way to bring a list in, or why it is shut. */
export function ImportContactsLink({ whyNot }: { whyNot: string | undefined }) {
  const t = useTranslations("contacts");
  return whyNot === undefined ? (
    <ButtonLink href="/imports/new?kind=contacts" look="primary" icon={Upload}>
      {t("import")}
    </ButtonLink>
  ) : (
    <Button whyNot={whyNot}>{t("import")}</Button>
  );
}
