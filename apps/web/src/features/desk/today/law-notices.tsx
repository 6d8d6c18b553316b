import type { UpcomingChange, NoticeStage } from "@ringfence/core/people/jurisdiction";
import { useLocale, useTranslations } from "next-intl";
import Link from "next/link";
import { Section } from "@/components/page-layout";
import { formatDate } from "@/i18n/format-time";
import { useChangeTitle } from "@/components/change-title";
import { DismissLawNotice } from "./dismiss-law-notice";

type LawNoticesProps = {
  notices: readonly { change: UpcomingChange; day: string; days: number; stage: NoticeStage }[];
};

/** Lists changes in the law within the next 90 days in places that the organization calls. */
export function LawNotices({ notices }: LawNoticesProps) {
  const t = useTranslations("upcomingChanges");
  const describe = useChangeTitle();
  const locale = useLocale();
  if (notices.length === 0) return null;
  return (
    <Section title={t("notices")} aside={<Link href="/rules/coming">{t("all")}</Link>}>
      <ul>
        {notices.map(({ change, day, days, stage }) => (
          <li
            key={`${change.key} ${change.law}`}
            className="flex flex-wrap items-start justify-between gap-3 border-b border-line py-2.5"
          >
            <div className="max-w-[44rem]">
              <h3 className="text-base font-semibold">{describe(change)}</h3>
              <p className="text-sm text-muted">
                {t("inDays", { date: formatDate(locale, day), days })}
                {change.law !== "both" && <> {t(`law.${change.law}`)}</>}
              </p>
            </div>
            <DismissLawNotice change={change.key} stage={stage} label={describe(change)} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
