import { getTranslations } from "next-intl/server";
import { ButtonLink } from "@/components/buttons";
import { PageHead } from "@/components/page-layout";

/** Also shown for records of other organizations, so that the two look the same. */
export default async function NotFound() {
  const t = await getTranslations("notFound");
  return (
    <main className="main mx-auto">
      <PageHead title={t("title")} />
      <p className="mb-4 text-muted">{t("body")}</p>
      <ButtonLink href="/">{t("back")}</ButtonLink>
    </main>
  );
}
