import { listDuties, type Rule } from "@ringfence/core/people/jurisdiction";
import { useTranslations } from "next-intl";
import { formatFieldName, formatDutyValue } from "./format-duty";

/** Lists the duties of a rule that screening cannot check, and which of its fields are unverified. */
export function Duties({ rule }: { rule: Rule }) {
  const t = useTranslations("rules");
  const duties = listDuties(rule).filter(([, value]) => formatDutyValue(value) !== "");
  const unverified = rule.unverified ?? [];
  if (duties.length + unverified.length === 0) return null;
  return (
    <details className="text-sm">
      <summary>{t("duties")}</summary>
      <dl lang="en" className="grid gap-1 pt-1">
        {duties.map(([field, value]) => (
          <div key={field}>
            <dt className="inline text-muted">{formatFieldName(field)}: </dt>
            <dd className="inline">{formatDutyValue(value)}</dd>
          </div>
        ))}
        {unverified.length > 0 && (
          <div>
            <dt className="inline text-muted">{t("unverified")} </dt>
            <dd className="inline">{unverified.map(formatFieldName).join("; ")}</dd>
          </div>
        )}
      </dl>
    </details>
  );
}
