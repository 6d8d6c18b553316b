import { useTranslations } from "next-intl";

type DifferenceProps = { edition: { added: number; removed: number } };

/** What an edition changed: `+1,204 −88`. */
export function Difference({ edition: { added, removed } }: DifferenceProps) {
  const t = useTranslations("registries");
  return (
    <span className="whitespace-nowrap tabular-nums">{t("difference", { added, removed })}</span>
  );
}
