import type { Outcome, Verification } from "@ringfence/core/proof/ledger";
import type { Locale } from "@ringfence/core/platform/message";
import {
  type VerificationText,
  describeVerification,
} from "ringfence-verify/describe-verification";
import { useLocale, useTranslations } from "next-intl";
import { Banner } from "@/components/banner";
import { Empty, Facts, Section } from "@/components/page-layout";
import { CircleCheck, CircleDashed, CircleHelp, CircleX } from "lucide-react";
import { Icon } from "@/components/icons";

type VerificationResultProps = {
  verification: Verification;
  /** IANA name of the zone for times. */
  zone: string;
};

/**
 * Shows the verdict on a certificate, its statement, and each step of the verification in a sentence. These texts are
 * the same as in `ringfence-verify`. The rest, such as the heading of the statement, is the page's own.
 */
export function VerificationResult({ verification, zone }: VerificationResultProps) {
  const t = useTranslations("certificate");
  const locale: Locale = useLocale();
  const { verdict: verdictText, groups, stated } = describeVerification(locale, verification, zone);
  return (
    <>
      <Banner
        tone={chooseTone(verification)}
        role={verification.verdict === "broken" ? "alert" : "status"}
        title={verdictText}
      />
      {/* Null if claims could not be read, or there are none (an evidence pack). */}
      {verification.claims !== null && (
        <Section title={t("stated")}>
          {stated.length === 0 ? (
            // All claims were erased or kept back.
            <Empty title={t("nothing")}>{t("nothingBody")}</Empty>
          ) : (
            <Facts facts={stated.map(({ label, value }) => ({ name: label, value }))} />
          )}
        </Section>
      )}
      {groups.map(({ outcome, title, steps }) => (
        <Section key={outcome} title={title}>
          <Steps steps={steps} />
        </Section>
      ))}
    </>
  );
}

/**
 * Chooses the banner's tone. It says that something is wrong if a step failed, and warns unless everything is proven
 * and the statement still applies: keys that come from the file itself (`anchor`) prove nothing.
 */
function chooseTone({ verdict, anchor, hasEnded }: Verification) {
  if (verdict === "broken") return "bad";
  const isProven = verdict === "holds" && anchor !== "file";
  return isProven && !hasEnded ? "plain" : "care";
}

const outcomeStyles = {
  passed: { icon: CircleCheck, color: "text-allow" },
  // Correct, but only by keys from the file itself.
  consistent: { icon: CircleHelp, color: "text-muted" },
  failed: { icon: CircleX, color: "text-refuse" },
  // Not proven. The sentence says why.
  absent: { icon: CircleDashed, color: "text-muted" },
} satisfies Record<Outcome, object>;

/** Lists the steps of the verification, a sentence each. No two have the same title. */
function Steps({ steps }: Pick<VerificationText, "steps">) {
  const t = useTranslations("certificate.outcome");
  return (
    <ol>
      {steps.map(({ title, outcome, sentence }) => (
        <li
          key={title}
          className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2.5 border-b border-line py-2.5 sm:grid-cols-[auto_8rem_minmax(0,1fr)]"
        >
          <span className={outcomeStyles[outcome].color}>
            <Icon of={outcomeStyles[outcome].icon} />
            <span className="sr-only">{t(outcome)}</span>
          </span>
          <b>{title}</b>
          <p className="col-start-2 wrap-anywhere sm:col-start-3">{sentence}</p>
        </li>
      ))}
    </ol>
  );
}
