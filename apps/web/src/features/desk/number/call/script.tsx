import { type Locale, say } from "@ringfence/core/platform/message";
import type { AgentDuty } from "@ringfence/services/desk/number";
import { useLocale, useTranslations } from "next-intl";
import { Banner } from "@/components/banner";
import { Section } from "@/components/page-layout";
import { SayAloud } from "./say-aloud";

type ScriptProps = {
  seller: string;
  /** Language of the person on the line. */
  locale: Locale;
  isAllowed: boolean;
  duties: readonly AgentDuty[];
};

/**
 * Shows how to open the call: who calls, and that the person may opt out. Below that, what the law where the person is
 * asks the agent to say. If the call is not allowed, it shows a warning instead.
 */
export function Script({ seller, locale, isAllowed, duties }: ScriptProps) {
  const t = useTranslations("call");
  return (
    <Section title={t("say")}>
      {isAllowed ? (
        <SayAloud lang={locale}>
          <p>{say(locale, { key: "call.hello", values: { seller } })}</p>
          <p className="font-semibold">{say(locale, { key: "call.right" })}</p>
          <p>{say(locale, { key: "call.may-i" })}</p>
        </SayAloud>
      ) : (
        <div className="pt-3">
          <Banner tone="bad" title={t("shut")}>
            {t("shutBody")}
          </Banner>
        </div>
      )}
      {duties.length > 0 && <Duties duties={duties} />}
    </Section>
  );
}

/** Lists what the agent must say by law, each with its article and how certain it is. */
function Duties({ duties }: { duties: readonly AgentDuty[] }) {
  const t = useTranslations("call");
  const marks = useTranslations("rules.marks");
  const locale = useLocale();
  return (
    <>
      <h3 className="pt-5 font-medium">{t("duties")}</h3>
      <ul>
        {duties.map(({ id, text, citation, confidence }) => (
          <li key={id} className="max-w-[44rem] border-b border-line py-2">
            <p>{text[locale]}</p>
            <p className="text-sm text-muted">
              <span lang="en">{citation}</span> · {marks(confidence)}
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}
