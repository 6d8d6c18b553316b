import type { PublishedDisclosure } from "@ringfence/core/consents/disclosure";
import { useTranslations } from "next-intl";

type PublishedTextsProps = {
  disclosures: readonly PublishedDisclosure[];
  /** True to print a box in front of each, to tick by hand. */
  hasBox: boolean;
};

/** Shows each published text with its withdrawal and retention terms. */
export function PublishedTexts({ disclosures, hasBox }: PublishedTextsProps) {
  const t = useTranslations("askedTexts");
  return (
    <ol className="grid gap-5">
      {disclosures.map(({ id, version, language, text, terms }) => (
        <li key={id} className="flex gap-3">
          {hasBox && <span aria-hidden className="mt-1 size-5 shrink-0 border-2 border-ink" />}
          <div className="grid gap-1">
            <p lang={language} className="text-md whitespace-pre-line">
              {text}
            </p>
            <p className="text-sm text-muted">
              {t("terms", { withdrawal: terms.withdrawal, retention: terms.retention })}
            </p>
            <p className="text-xs text-muted">{t("which", { id, version: String(version) })}</p>
          </div>
        </li>
      ))}
    </ol>
  );
}
