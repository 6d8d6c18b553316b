import type { PublishedDisclosure } from "@ringfence/core/consents/disclosure";
import { useTranslations } from "next-intl";

type AskedTextsProps = {
  disclosures: readonly PublishedDisclosure[];
  /** Whether a box stands before each, to be ticked by hand. */
  hasBox: boolean;
};

/** What is asked, each apart, as it was published, with how it is taken back and how long it is kept. */
export function AskedTexts({ disclosures, hasBox }: AskedTextsProps) {
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
            <p className="text-xs text-muted">{t("which", { id, version })}</p>
          </div>
        </li>
      ))}
    </ol>
  );
}
