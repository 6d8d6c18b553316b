import { useTranslations } from "next-intl";
import { ButtonLink } from "./buttons";
import { PageHead } from "./page-layout";

/** Says that there is no such page. Also shown for records of other organizations, so that the two look the same. */
export function PageNotFound() {
  const t = useTranslations("notFound");
  return (
    <>
      <PageHead title={t("title")} />
      <p className="mb-4 text-muted">{t("body")}</p>
      <ButtonLink href="/">{t("back")}</ButtonLink>
    </>
  );
}
