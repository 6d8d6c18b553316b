import type { Rule, RuleBookChanges } from "@ringfence/core/people/jurisdiction";
import { useTranslations } from "next-intl";
import { formatDutyValue, formatFieldName } from "./format-duty";

/** Shows which rules a rule set added, removed and changed, and what of them. */
export function RuleSetChanges({ changes }: { changes: RuleBookChanges }) {
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
            {t("added")} <RuleNamed rule={rule} />
          </li>
        ))}
        {removed.map((rule) => (
          <li key={rule.id}>
            {t("removed")} <RuleNamed rule={rule} />
          </li>
        ))}
        {changed.map(({ rule, fields }) => (
          <li key={rule.id}>
            {t("changed")} <RuleNamed rule={rule} />
            <Fields fields={fields} />
          </li>
        ))}
      </ul>
    </details>
  );
}

function RuleNamed({ rule: { id, type, citation } }: { rule: Rule }) {
  const t = useTranslations("rules");
  return (
    <>
      <code className="font-mono">{id}</code> ({t(`types.${type}`)},{" "}
      <span lang="en">{citation}</span>)
    </>
  );
}

type FieldsProps = { fields: RuleBookChanges["changed"][number]["fields"] };

/** The names and values of the rule data are in English. */
function Fields({ fields }: FieldsProps) {
  const t = useTranslations("ruleHistory");
  const told = (value: unknown) => formatDutyValue(value) || t("nothing");
  return (
    <ul className="pl-4">
      {fields.map(({ field, before, after }) => (
        <li key={field}>
          {t.rich("field", {
            field: () => <span lang="en">{formatFieldName(field.replace(/^when\./, ""))}</span>,
            before: () => <span lang="en">{told(before)}</span>,
            after: () => <span lang="en">{told(after)}</span>,
          })}
        </li>
      ))}
    </ul>
  );
}
