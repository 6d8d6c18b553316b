import type { CaptureFormView } from "@ringfence/services/consents/capture-form";
import { useFormatter, useTranslations } from "next-intl";
import { LocalTime } from "@/components/local-time";
import { Section } from "@/components/section";

/** Lists the published versions of a form. */
export function FormVersions({ versions }: Pick<CaptureFormView, "versions">) {
  const t = useTranslations("captureForm");
  const format = useFormatter();
  if (versions.length === 0) return null;
  return (
    <Section title={t("versions")}>
      <ul>
        {versions.map(({ version, settings, disclosures, publishedAt, by }) => (
          <li key={version} className="grid gap-1 border-b border-line py-2.5">
            <h3>{t("version", { version })}</h3>
            <p>
              {format.list(disclosures.map(({ terms, version }) => `${terms.title} (${version})`))}
            </p>
            <p className="text-sm text-muted">
              {format.list(settings.jurisdictions, { type: "unit" })}
              {". "}
              {t.rich("published", {
                by: by?.name ?? t("gone"),
                time: () => <LocalTime instant={publishedAt} precision="evidence" />,
              })}
            </p>
          </li>
        ))}
      </ul>
    </Section>
  );
}
