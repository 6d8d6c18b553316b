import { useNow, useTranslations } from "next-intl";
import { LocalTime } from "./dates";

type PrintedByProps = { member: { name: string; organizationName: string }; at?: Date };

/** Says on paper for whom a page was printed and when. `at` is the time of what it shows; without it, that is now. */
export function PrintedBy({ member: { name, organizationName }, at }: PrintedByProps) {
  const t = useTranslations("printed");
  const now = useNow();
  return (
    <p className="printonly mb-2 text-xs text-muted">
      {t.rich("by", {
        organization: organizationName,
        member: name,
        time: () => <LocalTime instant={at ?? now} />,
      })}
    </p>
  );
}
