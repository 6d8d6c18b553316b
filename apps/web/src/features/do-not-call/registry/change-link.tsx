import type { RegistryId } from "@ringfence/core/ids";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { Button } from "@/components/button";

/** The way to change how a registry is read, or why it is shut. */
export function ChangeLink({
  registryId,
  whyNot,
}: {
  registryId: RegistryId;
  whyNot: string | undefined;
}) {
  const t = useTranslations("registry");
  return whyNot === undefined ? (
    <Link href={`/registries/${registryId}/change`}>{t("change")}</Link>
  ) : (
    <Button size="small" whyNot={whyNot}>
      {t("change")}
    </Button>
  );
}
