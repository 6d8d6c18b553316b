import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/button";
import { ButtonLink } from "@/components/button-link";

/** The way to connect a registry, or why it is shut. */
export function ConnectLink({ whyNot }: { whyNot: string | undefined }) {
  const t = useTranslations("registries");
  return whyNot === undefined ? (
    <ButtonLink href="/registries/connect" look="primary" icon={Plus}>
      {t("connect")}
    </ButtonLink>
  ) : (
    <Button whyNot={whyNot}>{t("connect")}</Button>
  );
}
