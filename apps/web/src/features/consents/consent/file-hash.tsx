import { useTranslations } from "next-intl";

/** `sha256:` and the hash of a file, as anyone can work it out again. */
export function FileHash({ hash }: { hash: string }) {
  const t = useTranslations("evidenceFile");
  return (
    <p className="text-sm">
      {t("hash")} <span className="font-mono break-all">{hash.slice(hash.indexOf(":") + 1)}</span>
    </p>
  );
}
