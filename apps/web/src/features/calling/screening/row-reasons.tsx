import type { ScrubRowView } from "@ringfence/services/calling/scrub";
import { useTranslations } from "next-intl";

/** Shows why a row was refused. Only the kinds of the reasons are on record for a row. */
export function RowReasons({ reasons }: Pick<NonNullable<ScrubRowView["kept"]>, "reasons">) {
  const t = useTranslations("screening");
  const names = useTranslations("reasons");
  if (reasons.length === 0) return <p className="py-2.5">{t("nothingAgainst")}</p>;
  return (
    <ol>
      {reasons.map((reason) => (
        <li key={reason} className="grid gap-0.5 border-b border-line py-2.5">
          <h3 className="text-base font-semibold">{names(`${reason}.name`)}</h3>
          <p className="max-w-[44rem] text-pretty">{names(`${reason}.means`)}</p>
          <code className="text-sm text-muted">{reason}</code>
        </li>
      ))}
    </ol>
  );
}
