import { useTranslations } from "next-intl";

type AgeBarProps = { ageDays: number; limitDays: number };

/**
 * Age against its limit, in days, of which a begun one counts: none looks younger than it is.
 * Whatever the limit is, it stands at the same post, so that ages compare.
 */
export function AgeBar({ ageDays, limitDays }: AgeBarProps) {
  const t = useTranslations("age");
  // Where no age at all is allowed, any is past it.
  const part = limitDays > 0 ? ageDays / limitDays : 2;
  return (
    <div className={`age ${lookOf(part)}`} style={{ "--part": part }}>
      <div className="bar" aria-hidden>
        <i />
      </div>
      <span>{t("of", { age: Math.ceil(ageDays), limit: limitDays })}</span>
    </div>
  );
}

/** Past its limit it refuses; in the last fifth it soon will. */
function lookOf(part: number) {
  if (part > 1) return "stale";
  return part >= 0.8 ? "near" : "";
}
