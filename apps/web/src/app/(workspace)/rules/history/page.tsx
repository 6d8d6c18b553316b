import type { RuleBookChanges } from "@ringfence/core/people/jurisdiction";
import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import type { RuleDecision, RuleSetView } from "@ringfence/services/people/jurisdiction";
import { useLocale, useTranslations } from "next-intl";
import { formatDate } from "@/i18n/format-time";
import { ListPage } from "@/components/list-page";
import { LoadingContent, Section } from "@/components/page-layout";
import type { Locale } from "@ringfence/core/platform/message";
import { placeName } from "@/i18n/place-name";
import { api } from "@/server/caller";
import { requireMember } from "@/server/current-member";
import { RuleFields, RuleReference } from "@/features/people/jurisdiction/rule-changes";
import { useTime } from "@/features/people/jurisdiction/words";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("ruleHistory");
  return { title: t("title") };
}

export default async function RuleHistoryPage() {
  await requireMember("rule.read");
  const t = await getTranslations("ruleHistory");
  return (
    <ListPage title={t("title")} note={t("note")}>
      <LoadingContent>
        <History />
      </LoadingContent>
    </ListPage>
  );
}

async function History() {
  const [t, locale, decisions, ruleSets] = await Promise.all([
    getTranslations("ruleHistory"),
    getLocale(),
    api.jurisdiction.decisions(),
    api.jurisdiction.ruleSets(),
  ]);
  return (
    <>
      <Section title={t("decisions")} aside={t("decisionsNote")}>
        <DecisionList
          decisions={decisions.map((decision) => ({
            ...decision,
            what: decision.kind === "eased" ? decision.ruleId : namePlace(locale, decision),
          }))}
        />
      </Section>
      <Section title={t("ruleSets")} aside={t("ruleSetsNote")}>
        <RuleSetList ruleSets={ruleSets} />
      </Section>
    </>
  );
}

/** Lists the rule sets on record, the current one first, with what each changed. */
function RuleSetList({ ruleSets }: { ruleSets: readonly RuleSetView[] }) {
  const t = useTranslations("ruleHistory");
  return (
    <>
      <ol>
        {ruleSets.map((ruleSet) => (
          <RuleSet key={ruleSet.hash} ruleSet={ruleSet} />
        ))}
      </ol>
      {ruleSets.length === 1 && <p className="py-2.5 text-muted">{t("noEarlier")}</p>}
    </>
  );
}

function RuleSet({ ruleSet }: { ruleSet: RuleSetView }) {
  const t = useTranslations("ruleHistory");
  const locale = useLocale();
  const time = useTime();
  const { hash, keptAt, isCurrent, asOf, changes } = ruleSet;
  const title =
    asOf === null
      ? t("unreadable")
      : t("asOf", {
          date: formatDate(locale, asOf),
        });
  return (
    <li className="grid gap-1 border-b border-line py-2.5">
      <h3 className="text-base font-semibold">{title}</h3>
      {changes && <RuleSetChanges changes={changes} />}
      <p className="flex flex-wrap gap-x-4 text-sm text-muted">
        {isCurrent && <span>{t("inUse")}</span>}
        {keptAt && <span>{t("usedSince", { at: time(keptAt) })}</span>}
        <a
          href={`/api/rule-sets/${hash}`}
          download
          aria-label={t("fileOne", { hash: hash.slice(0, 8) })}
        >
          {t("file")}
        </a>
        <code>{`${hash.slice(0, 16)}…`}</code>
      </p>
    </li>
  );
}

/** Shows which rules a rule set added, removed and changed, with the changed fields. */
function RuleSetChanges({ changes }: { changes: RuleBookChanges }) {
  const t = useTranslations("ruleHistory");
  const { added, removed, changed } = changes;
  const count = added.length + removed.length + changed.length;
  if (count === 0) return <p className="text-sm">{t("noChange")}</p>;
  return (
    <details className="text-sm">
      <summary>{t("changes", { count })}</summary>
      <ul className="grid gap-1.5 pt-1.5">
        {added.map((rule) => (
          <li key={rule.id}>
            {t("added")} <RuleReference rule={rule} />
          </li>
        ))}
        {removed.map((rule) => (
          <li key={rule.id}>
            {t("removed")} <RuleReference rule={rule} />
          </li>
        ))}
        {changed.map(({ rule, fields }) => (
          <li key={rule.id}>
            {t("changed")} <RuleReference rule={rule} />
            <RuleFields fields={fields} />
          </li>
        ))}
      </ul>
    </details>
  );
}

const namePlace = (locale: Locale, decision: Exclude<RuleDecision, { kind: "eased" }>) =>
  placeName(
    locale,
    (decision.kind === "closed-day" ? decision.region : null) ?? decision.jurisdiction,
  );

/** A decision, with the rule or the jurisdiction that it is about. */
type DecisionShown = RuleDecision & { what: string };

/** Lists officers' decisions about rules, latest first, whether they are in force or over. */
function DecisionList({ decisions }: { decisions: readonly DecisionShown[] }) {
  const t = useTranslations("ruleHistory");
  if (decisions.length === 0) return <p className="py-2.5 text-muted">{t("noDecision")}</p>;
  return (
    <ol>
      {decisions.map((decision) => (
        <Decision key={decision.id} decision={decision} />
      ))}
    </ol>
  );
}

function Decision({ decision }: { decision: DecisionShown }) {
  const t = useTranslations("ruleHistory");
  const time = useTime();
  const { from, until, by, endedBy, reason } = decision;
  const started = by
    ? t("startedBy", { at: time(from), name: by })
    : t("started", { at: time(from) });
  return (
    <li className="grid gap-0.5 border-b border-line py-2.5">
      <h3 className="text-base font-semibold">{useTitle(decision)}</h3>
      {reason && <p className="max-w-[46rem] whitespace-pre-line">{reason}</p>}
      <p className="text-sm text-muted">
        {started}{" "}
        {until === null
          ? t("holds")
          : endedBy
            ? t("endedBy", { at: time(until), name: endedBy })
            : t("ended", { at: time(until) })}
      </p>
    </li>
  );
}

function useTitle(decision: DecisionShown): string {
  const t = useTranslations("ruleHistory");
  const locale = useLocale();
  const day = (isoDate: string) => formatDate(locale, isoDate);
  const { kind, what } = decision;
  if (kind === "eased") return t("eased", { rule: what });
  if (kind === "emergency") return t("emergency", { place: what });
  const [first, last] = [day(decision.first), day(decision.last)];
  return first === last
    ? t("closedDay", { place: what, first })
    : t("closedDays", { place: what, first, last });
}
