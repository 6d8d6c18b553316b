import { getTranslations } from "next-intl/server";
import { ButtonLink } from "@/components/button-link";
import { Empty } from "@/components/empty";

export default async function NotFound() {
  const t = await getTranslations("notFound");
  return (
    <main className="main mx-auto">
      <Empty title={t("title")} action={<ButtonLink href="/">{t("back")}</ButtonLink>}>
        {t("body")}
      </Empty>
    </main>
  );
}
