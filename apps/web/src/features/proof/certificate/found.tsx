import type { Verification } from "@ringfence/core/proof/ledger";
import type { Locale } from "@ringfence/core/platform/message";
import { tell } from "ringfence-verify/tell";
import { useLocale, useTranslations } from "next-intl";
import { Banner } from "@/components/banner";
import { Empty } from "@/components/empty";
import { Facts } from "@/components/facts";
import { Section } from "@/components/section";
import { Steps } from "./steps";

type FoundProps = {
  verification: Verification;
  /** IANA name, in which times are told. */
  zone: string;
};

/** The verdict over a certificate, what it states, and each step of the check in a sentence. */
export function Found({ verification, zone }: FoundProps) {
  const t = useTranslations("certificate");
  const locale: Locale = useLocale();
  const { verdict, groups, stated } = tell(locale, verification, zone);
  return (
    <>
      <Banner
        tone={chooseTone(verification)}
        role={verification.verdict === "broken" ? "alert" : "status"}
        title={verdict}
      />
      {verification.claims !== null && (
        <Section title={t("stated")}>
          {stated.length === 0 ? (
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

/** Chooses the banner's tone: it warns when something is not proven or no longer applies. */
function chooseTone({ verdict, anchor, hasEnded }: Verification) {
  if (verdict === "broken") return "bad";
  return verdict === "holds" && anchor !== "file" && !hasEnded ? "plain" : "care";
}
