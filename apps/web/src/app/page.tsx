import { getTranslations } from "next-intl/server";

export default async function TodayPage() {
  const t = await getTranslations("today");
  return (
    <main>
      <h1>{t("title")}</h1>
    </main>
  );
}
