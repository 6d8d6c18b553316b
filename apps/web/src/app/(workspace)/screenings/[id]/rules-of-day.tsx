import type { Rule } from "@ringfence/core/people/jurisdiction";
import type { PastRules } from "@ringfence/services/people/jurisdiction";
import { useTranslations } from "next-intl";
import { Section } from "@/components/section";
import { RuleTable } from "@/features/people/rule/list/rule-table";
import { RuleSetFacts } from "@/features/calling/screening/detail/editions";

/**
 * Lists the rules as they were on the day of the screening, decisive ones first, with the law behind
 * each.
 */
export function RulesOfDay({ rules }: { rules: PastRules }) {
  const t = useTranslations("screening");
  const { deciding, others, sources, registryNames } = rules;
  const table = { sources, registryNames };
  return (
    <Section title={t("rules")} aside={t("rulesNote")}>
      <RuleSetFacts rules={rules} />
      {deciding.length > 0 && (
        <>
          <h3 className="pt-4 pb-1">{t("rulesDeciding")}</h3>
          <RuleTable {...table} caption={t("rulesDeciding")} rules={deciding.map(shown)} />
        </>
      )}
      {others.length > 0 && (
        <details className="pt-4">
          <summary>{t("rulesOthers", { count: others.length })}</summary>
          <RuleTable
            {...table}
            caption={t("rulesOthers", { count: others.length })}
            rules={others.map(shown)}
          />
        </details>
      )}
    </Section>
  );
}

/** Leaves out the recent effect of a rule, which the page Rules shows. */
const shown = (rule: Rule) => ({
  rule,
  eased: null,
  refused: 0,
  refusedAlone: 0,
  isEasable: false,
});
