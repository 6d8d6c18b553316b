import type { PurposeStanding } from "@ringfence/core/consents/consent";
import { useFormatter, useTranslations } from "next-intl";
import { Banner } from "@/components/banner";

/** What a consent from older records would have to hold to allow a call; nothing where it does. */
export function LacksBanner({ standing }: { standing: readonly PurposeStanding[] }) {
  const t = useTranslations("consent");
  const elements = useTranslations("elements");
  const format = useFormatter();
  const missing = [...new Set(standing.flatMap(({ missing = [] }) => missing))];
  if (missing.length === 0) return null;
  return (
    <Banner tone="care" title={t("lacks")}>
      {t("lacksBody", { missing: format.list(missing.map((element) => elements(element))) })}
    </Banner>
  );
}
