import { useTranslations } from "next-intl";

type ShareProps = { count: number; of: number };

/** A share beside its count, and of what: `61.4 %, 739,812 of 1,204,880`. */
export function Share({ count, of }: ShareProps) {
  const t = useTranslations("share");
  const percent = of === 0 ? 0 : Math.round((count / of) * 1000) / 10;
  return <span>{t("of", { percent, count, whole: of })}</span>;
}
