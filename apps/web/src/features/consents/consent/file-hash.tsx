import { useTranslations } from "next-intl";

/** SHA-256 of a file, which anyone can recompute. */
export function FileHash({ hash }: { hash: string }) {
  const t = useTranslations("evidenceFile");
  return (
    <p className="text-sm">
      {t("hash")} <span className="font-mono break-all">{hash.slice(hash.indexOf(":") + 1)}</span>
    </p>
  );
}
