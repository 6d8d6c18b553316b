import type { Rule, RuleBookChanges } from "@ringfence/core/people/jurisdiction";
import { useTranslations } from "next-intl";
import { formatFieldName, formatRuleValue } from "./words";

/** Shows the id, type and citation of a rule. */
export function RuleReference({ rule: { id, type, citation } }: { rule: Rule }) {
  const t = useTranslations("rules");
  return (
    <>
      <code className="font-mono">{id}</code> ({t(`types.${type}`)},{" "}
      <span lang="en">{citation}</span>)
    </>
  );
}

type RuleFieldsProps = { fields: RuleBookChanges["changed"][number]["fields"] };

/** Lists changed fields with their values before and after. The names and values of the rule data are in English. */
export function RuleFields({ fields }: RuleFieldsProps) {
  const t = useTranslations("ruleHistory");
  const show = (value: unknown) => formatRuleValue(value) || t("nothing");
  return (
    <ul className="pl-4">
      {fields.map(({ field, before, after }) => (
        <li key={field}>
          {t.rich("field", {
            field: () => <span lang="en">{formatFieldName(field.replace(/^when\./, ""))}</span>,
            before: () => <span lang="en">{show(before)}</span>,
            after: () => <span lang="en">{show(after)}</span>,
          })}
        </li>
      ))}
    </ul>
  );
}
