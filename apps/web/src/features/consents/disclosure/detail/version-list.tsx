import type { DisclosureView } from "@ringfence/services/consents/disclosure";
import { useFormatter, useTranslations } from "next-intl";
import { Empty, Section } from "@/components/page-layout";
import { LocalTime } from "@/components/dates";
import { Seal } from "@/components/seal";

/** Lists the published versions with text, publisher and hash. */
export function VersionList({ versions }: Pick<DisclosureView, "versions">) {
  const t = useTranslations("disclosure");
  const channels = useTranslations("timeline.channel");
  const format = useFormatter();
  if (versions.length === 0) {
    return (
      <Section title={t("versions")}>
        <Empty title={t("noVersion")}>{t("noVersionBody")}</Empty>
      </Section>
    );
  }
  return (
    <Section title={t("versions")}>
      <ul>
        {versions.map(({ version, language, text, terms, publishedAt, by, sha256 }) => (
          <li key={version} className="flex gap-4 border-b border-line py-3">
            <div className="grid min-w-0 flex-1 gap-1.5">
              <h3>{t("version", { version })}</h3>
              <blockquote
                lang={language}
                className="border-l-[3px] border-line-strong pl-3 whitespace-pre-line"
              >
                {text}
              </blockquote>
              {terms.purposes.length > 0 && (
                <p className="text-sm text-muted">
                  {t("for", {
                    purposes: format.list(terms.purposes),
                    channels: format.list(terms.channels.map((channel) => channels(channel))),
                  })}
                </p>
              )}
              <p className="text-sm text-muted">
                {t.rich("published", {
                  by: by?.name ?? t("gone"),
                  time: () => <LocalTime instant={publishedAt} precision="evidence" />,
                })}
              </p>
              <p className="font-mono text-xs break-all text-muted">{sha256}</p>
            </div>
            <Seal hash={sha256} size={56} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
