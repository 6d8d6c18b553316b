import type { ConsentSeen } from "@ringfence/services/consents/consent";
import { useFormatter, useTranslations } from "next-intl";
import { LocalTime } from "@/components/local-time";
import { Section } from "@/components/section";
import { EvidenceFiles } from "./evidence-files";
import { LeadProof } from "./lead-proof";

type ConsentEventsProps = {
  events: ConsentSeen["events"];
  purposes: ReadonlyMap<string, string>;
  /** Why the member is not given recordings and scans. */
  whyNoFiles: string | undefined;
};

/** What was said, the latest first: in which words, and what proves it. */
export function ConsentEvents({ events, purposes, whyNoFiles }: ConsentEventsProps) {
  const t = useTranslations("consent");
  const types = useTranslations("timeline.consentType");
  const channels = useTranslations("timeline.channel");
  const kinds = useTranslations("captureForms.kinds");
  const format = useFormatter();
  return (
    <Section title={t("timeline")}>
      <ol>
        {events.map((event) => (
          <li key={event.id} className="grid gap-1.5 border-b border-line py-3">
            <h3>
              {types(event.type)}, <LocalTime instant={event.at} precision="evidence" />
            </h3>
            <p className="text-muted">
              {t("what", {
                seller: event.seller,
                purposes: format.list(event.purposes.map((key) => purposes.get(key) ?? key)),
                channels: format.list(event.channels.map((channel) => channels(channel))),
                isData: String(event.purposes.length === 0),
              })}
            </p>
            {event.disclosure && (
              <blockquote
                lang={event.disclosure.language}
                className="border-l-[3px] border-line-strong pl-3 whitespace-pre-line"
              >
                {event.disclosure.text}
              </blockquote>
            )}
            <p className="text-sm text-muted">
              {event.form && t("byForm", { ...event.form })}
              {!event.form && event.source && t("bySource", { source: kinds(event.source) })}
              {event.isProven && ` ${t("proven")}`}
            </p>
            {event.lead && <LeadProof lead={event.lead} />}
            <EvidenceFiles files={event.files} whyNot={whyNoFiles} />
            {event.evidence.map((body, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- evidence never moves
              <details key={index}>
                <summary>{t("evidence")}</summary>
                <pre className="scroll bg-sunken p-3 font-mono text-xs whitespace-pre-wrap">
                  {JSON.stringify(body, null, 2)}
                </pre>
              </details>
            ))}
          </li>
        ))}
      </ol>
    </Section>
  );
}
