import { TimelineKind } from "@ringfence/core/people/timeline";
import type { Timeline as TimelinePage } from "@ringfence/services/people/phone";
import { useLocale, useTranslations } from "next-intl";
import Link from "next/link";
import { Empty } from "@/components/empty";
import { Pager } from "@/components/pager";
import { Section } from "@/components/section";
import { stepsOf } from "@/components/trail";
import { zoneCity } from "@/i18n/tell-time";
import type { Choices } from "./choices";
import { type Look, numberPath, type Subject } from "./look";
import { TimelineEntry } from "./timeline-entry";

type TimelineProps = {
  page: TimelinePage;
  /** Of the called person; null is not known. */
  zone: string | null;
  subject: Subject;
  look: Look;
  choices: Choices;
};

/** What happened with the number, the latest first, by the clock of whoever has it. */
export function Timeline({ page, zone, subject, look, choices }: TimelineProps) {
  const t = useTranslations("timeline");
  const locale = useLocale();
  const { events, next, counts } = page;
  const all = TimelineKind.options.reduce((sum, kind) => sum + counts[kind], 0);
  const count = look.kind ? counts[look.kind] : all;
  const pathTo = (change: Partial<Look>) => numberPath(subject, { ...look, after: [], ...change });
  const steps = stepsOf(look.after, next, (after) => pathTo({ after }));
  if (all === 0) {
    return (
      <Section title={t("title")}>
        <Empty title={t("none")}>{t("noneBody")}</Empty>
      </Section>
    );
  }
  return (
    <Section title={t("title")}>
      <p className="pt-2 text-sm text-muted">
        {zone ? t("note", { city: zoneCity(locale, zone), zone }) : t("noteUtc")}
      </p>
      <Kinds counts={counts} all={all} current={look.kind} hrefOf={(kind) => pathTo({ kind })} />
      {events.length === 0 && <Empty title={t("noneOfKind")} />}
      <ol>
        {events.map((event) => (
          <TimelineEntry key={event.id} event={event} zone={zone ?? "UTC"} choices={choices} />
        ))}
      </ol>
      {(next !== null || look.after.length > 0) && (
        <Pager label={t("pages")} shown={t("shown", { shown: events.length, count })} {...steps} />
      )}
    </Section>
  );
}

type KindsProps = {
  counts: TimelinePage["counts"];
  all: number;
  current: TimelineKind | null;
  hrefOf: (kind: TimelineKind | null) => ReturnType<typeof numberPath>;
};

/** One kind alone, of those that there are. */
function Kinds({ counts, all, current, hrefOf }: KindsProps) {
  const t = useTranslations("timeline");
  const there = TimelineKind.options.filter((kind) => counts[kind] > 0);
  return (
    <nav aria-label={t("show")} className="screenonly flex flex-wrap gap-x-3 gap-y-1 pb-1 text-sm">
      <Choice href={hrefOf(null)} isCurrent={current === null}>
        {t("all", { count: all })}
      </Choice>
      {there.map((kind) => (
        <Choice key={kind} href={hrefOf(kind)} isCurrent={kind === current}>
          {t(`filter.${kind}`, { count: counts[kind] })}
        </Choice>
      ))}
    </nav>
  );
}

type ChoiceProps = { href: ReturnType<typeof numberPath>; isCurrent: boolean; children: string };

const Choice = ({ href, isCurrent, children }: ChoiceProps) => (
  <Link
    href={href}
    scroll={false}
    className={isCurrent ? "font-semibold text-ink no-underline" : ""}
    {...(isCurrent && { "aria-current": "true" })}
  >
    {children}
  </Link>
);
