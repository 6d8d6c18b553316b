import { Upload } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/button";
import { ButtonLink } from "@/components/button-link";

/** The way to screen a file, or why it is shut. */
export function ScreenFileLink({ whyNot }: { whyNot: string | undefined }) {
  const t = useTranslations("scrubs");
  return whyNot === undefined ? (
    <ButtonLink href="/scrubs/new" look="primary" icon={Upload}>
      {t("screenFile")}
    </ButtonLink>
  ) : (
    <Button whyNot={whyNot}>{t("screenFile")}</Button>
  );
}
