import { type JurisdictionId, ruleBook } from "@ringfence/core/people/jurisdiction";
import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { PageHead, Reading, Section } from "@/components/page-layout";
import { DecisionList, RuleSetList } from "@/features/people/rule/history/rule-history";
import { jurisdictionName } from "@/features/people/rule/words";
import { api } from "@/server/caller";
import { requireMember } from "@/server/current-member";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("ruleHistory");
  return { title: t("title") };
}

export default async function RuleHistoryPage() {
  await requireMember("rule.read");
  const t = await getTranslations("ruleHistory");
  return (
    <>
      <PageHead title={t("title")} note={t("note")} />
      <Reading>
        <History />
      </Reading>
    </>
  );
}

async function History() {
  const [t, locale, decisions, ruleSets] = await Promise.all([
    getTranslations("ruleHistory"),
    getLocale(),
    api.jurisdiction.decisions(),
    api.jurisdiction.ruleSets(),
  ]);
  const placeName = (id: JurisdictionId) =>
    jurisdictionName(locale, id, ruleBook.jurisdictions.get(id)?.name ?? id);
  return (
    <>
      <Section title={t("decisions")} aside={t("decisionsNote")}>
        <DecisionList
          decisions={decisions.map((decision) => ({
            ...decision,
            what: decision.kind === "eased" ? decision.ruleId : placeName(decision.jurisdiction),
          }))}
        />
      </Section>
      <Section title={t("ruleSets")} aside={t("ruleSetsNote")}>
        <RuleSetList ruleSets={ruleSets} />
      </Section>
    </>
  );
}
