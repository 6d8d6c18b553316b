import { type UpcomingChange, countDaysUntil } from "@ringfence/core/people/jurisdiction";
import { may } from "@ringfence/core/platform/access";
import { toActor } from "@ringfence/services/account/member";
import type { Metadata } from "next";
import { useLocale, useTranslations } from "next-intl";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { ListPage } from "@/components/list-page";
import { LoadingContent, Section } from "@/components/page-layout";
import { useChangeTitle } from "@/components/change-title";
import { ChangeText } from "@/features/people/jurisdiction/upcoming/upcoming-change";
import { formatDate } from "@/i18n/format-time";
import { api } from "@/server/caller";
import { requireMember } from "@/server/current-member";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("upcomingChanges");
  return { title: t("heading") };
}

export default async function UpcomingChangesPage() {
  const member = await requireMember("rule.read");
  const [t, locale, { today, lawDate, changes }, law] = await Promise.all([
    getTranslations("upcomingChanges"),
    getLocale(),
    api.jurisdiction.upcomingChanges(),
    api.jurisdiction.law(),
  ]);
  const dated = changes.filter(({ day }) => day !== null);
  const undated = changes.filter(({ day }) => day === null);
  const shown = { today, sources: law.sources, registryNames: law.registryNames };
  const mayPreview = may(toActor(member), "law-preview.read");
  return (
    <ListPage title={t("heading")} note={t("note", { date: formatDate(locale, lawDate) })}>
      <LoadingContent>
        <Section title={t("dated")} aside={t("datedNote")}>
          {dated.length === 0 && <p className="py-2.5 text-muted">{t("none")}</p>}
          <Changes changes={dated} mayPreview={mayPreview} {...shown} />
        </Section>
        <Section title={t("undated")} aside={t("undatedNote")}>
          {undated.length === 0 && <p className="py-2.5 text-muted">{t("none")}</p>}
          <Changes changes={undated} mayPreview={false} {...shown} />
        </Section>
      </LoadingContent>
    </ListPage>
  );
}

type ChangesProps = {
  changes: readonly UpcomingChange[];
  today: string;
  mayPreview: boolean;
} & Omit<Parameters<typeof ChangeText>[0], "change">;

/** Lists changes, each with the number of days left. */
function Changes({ changes, today, mayPreview, ...law }: ChangesProps) {
  const t = useTranslations("upcomingChanges");
  const describe = useChangeTitle();
  const locale = useLocale();
  return (
    <ul>
      {changes.map((change) => (
        <li
          key={`${change.key} ${change.law}`}
          className="grid grid-cols-[minmax(0,1fr)] gap-1.5 border-b border-line py-2.5"
        >
          <h3 className="text-base font-semibold">{describe(change)}</h3>
          {change.day !== null && (
            <p className="text-sm text-muted">
              {t("inDays", {
                date: formatDate(locale, change.day),
                days: countDaysUntil(change.day, today),
              })}
            </p>
          )}
          <ChangeText change={change} {...law} />
          {mayPreview && change.day !== null && (
            <Link href={`/rules/coming/${change.day}`} className="text-sm">
              {t("whatIf")}
            </Link>
          )}
        </li>
      ))}
    </ul>
  );
}
