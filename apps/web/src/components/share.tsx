import { useTranslations } from "next-intl";

type ShareProps = { count: number; of: number };

/** Shows a share with its count and total: `61.4 %, 739,812 of 1,204,880`. */
export function Share({ count, of }: ShareProps) {
  const t = useTranslations("share");
  const percent = of === 0 ? 0 : Math.round((count / of) * 1000) / 10;
  return <span>{t("of", { percent, count, whole: of })}</span>;
}
