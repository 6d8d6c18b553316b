import { type Locale, say } from "@ringfence/core/platform/message";
import { useTranslations } from "next-intl";
import { Banner } from "@/components/banner";
import { Section } from "@/components/section";
import { SayAloud } from "./say-aloud";

type ScriptProps = { seller: string; locale: Locale; isAllowed: boolean };

/** How a call begins: who calls, and that one may refuse. None where nobody may be called. */
export function Script({ seller, locale, isAllowed }: ScriptProps) {
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
    </Section>
  );
}
