import { type UpcomingChange, selectChangesByDay } from "@ringfence/core/people/jurisdiction";
import type { Metadata } from "next";
import { useTranslations } from "next-intl";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { z } from "zod";
import { ButtonLink } from "@/components/buttons";
import { DetailPage } from "@/components/detail-page";
import { LoadingContent, Section } from "@/components/page-layout";
import { MakePreview } from "@/features/audience/law-preview/make-preview";
import { Preview } from "@/features/audience/law-preview/preview-result";
import { useChangeTitle } from "@/components/change-title";
import { formatDate } from "@/i18n/format-time";
import { api } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";

export async function generateMetadata({
  params,
}: PageProps<"/rules/coming/[day]">): Promise<Metadata> {
  const [t, { day }, locale] = await Promise.all([
    getTranslations("lawPreview"),
    params,
    getLocale(),
  ]);
  const known = z.iso.date().safeParse(day).data;
  return {
    title: known === undefined ? t("page") : t("heading", { date: formatDate(locale, known) }),
  };
}

/** Shows what the law of a day would change for the organization's own calls. */
export default async function LawPreviewPage({ params }: PageProps<"/rules/coming/[day]">) {
  const member = await requireMember("law-preview.read");
  const day = z.iso.date().safeParse((await params).day).data ?? notFound();
  const [t, locale, { today, changes }, previews, notMay] = await Promise.all([
    getTranslations("lawPreview"),
    getLocale(),
    api.jurisdiction.upcomingChanges(),
    api.lawPreview.list({ day }),
    whyNot(member, "law-preview.request"),
  ]);
  const whyNotPreview = day < today ? t("past") : notMay;
  const { computed, described } = selectChangesByDay(changes, day);
  return (
    <DetailPage
      title={t("heading", { date: formatDate(locale, day) })}
      note={t("note")}
      actions={<ButtonLink href="/rules/coming">{t("back")}</ButtonLink>}
    >
      <LoadingContent>
        <Section title={t("changes")} aside={t("changesNote")}>
          <ChangeTitles changes={computed} none={t("noChange")} />
        </Section>
        <Section title={t("wordsOnly")} aside={t("wordsOnlyNote")}>
          <ChangeTitles changes={described} none={t("noChange")} />
        </Section>
        <div className="flex flex-wrap gap-3 pt-4">
          <MakePreview day={day} span={7} whyNot={whyNotPreview} />
          <MakePreview day={day} span={30} whyNot={whyNotPreview} />
        </div>
        {previews.map((preview) => (
          <Preview key={preview.id} preview={preview} />
        ))}
      </LoadingContent>
    </DetailPage>
  );
}

/** Lists the titles of changes. */
function ChangeTitles({ changes, none }: { changes: readonly UpcomingChange[]; none: string }) {
  const describe = useChangeTitle();
  const t = useTranslations("upcomingChanges");
  if (changes.length === 0) return <p className="py-2.5 text-muted">{none}</p>;
  return (
    <ul className="list-disc pt-2 pl-4">
      {changes.map((change) => (
        <li key={`${change.key} ${change.law}`}>
          {describe(change)}
          {change.law !== "both" && <> {t(`law.${change.law}`)}</>}
        </li>
      ))}
    </ul>
  );
}
