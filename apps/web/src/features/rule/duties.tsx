import { listDuties, type Rule } from "@ringfence/core/jurisdiction";
import { useTranslations } from "next-intl";
import { tellField, tellValue } from "./tell-duty";

/** What no check can judge and a person has to keep, as the data says it; and what of it nobody verified. */
export function Duties({ rule }: { rule: Rule }) {
  const t = useTranslations("rules");
  const duties = listDuties(rule).filter(([, value]) => tellValue(value) !== "");
  const unverified = rule.unverified ?? [];
  if (duties.length + unverified.length === 0) return null;
  return (
    <details className="text-sm">
      <summary>{t("duties")}</summary>
      <dl lang="en" className="grid gap-1 pt-1">
        {duties.map(([field, value]) => (
          <div key={field}>
            <dt className="inline text-muted">{tellField(field)}: </dt>
            <dd className="inline">{tellValue(value)}</dd>
          </div>
        ))}
        {unverified.length > 0 && (
          <div>
            <dt className="inline text-muted">{t("unverified")} </dt>
            <dd className="inline">{unverified.map(tellField).join("; ")}</dd>
          </div>
        )}
      </dl>
    </details>
  );
}
