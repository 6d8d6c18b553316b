import { type Locale, type Message, preferredLocale, say } from "@ringfence/core/platform/message";
import { may } from "@ringfence/core/platform/access";
import { type CurrentMember, toActor } from "@ringfence/services/account/member";
import type { NumberView } from "@ringfence/services/desk/number";
import { useLocale, useTranslations } from "next-intl";
import { FenceStrip } from "@/components/fence/fence";
import { OfflineLinks } from "@/components/offline-links";
import { ConsentList } from "../number-sheet";
import { type Choices, purposeName, sellerName } from "../words";
import { JudgedVerdict, toScreeningView } from "../verdict";
import { CallPanel } from "./call-panel";
import { ComplaintForm } from "./complaint-form";
import { Empty, PageHead, Section } from "@/components/page-layout";
import { groupPhone } from "@/i18n/group-phone";
import { NumberForm } from "../number-search";
import { Banner } from "@/components/banner";
import { SayAloud } from "./say-aloud";

type CallSheetProps = {
  seen: NumberView;
  judged: NonNullable<NumberView["judged"]>;
  phone: string;
  choices: Choices;
  member: CurrentMember;
  /** True if the agent looked the number up, false if a dialer opened the page. */
  isFound: boolean;
};

/** Shows what an agent needs during a call: who, the verdict, what to say, and an opt-out by one key. */
export function CallSheet(props: CallSheetProps) {
  const { seen, judged, phone, choices, member, isFound } = props;
  const reader = useLocale();
  const { answer, call } = judged;
  const locale = chooseLanguage(seen.person.contacts, reader);
  const seller = { id: call.seller, name: sellerName(choices, call.seller) };
  const purpose = { key: call.purpose, name: purposeName(choices, call.purpose) };
  const zone = answer.checked.zones[0] ?? null;
  return (
    <>
      <CallHead phone={phone} />
      <CallPanel
        phone={phone}
        about={{ organization: member.organizationName, seller, purpose }}
        locale={locale}
        zone={zone ?? "UTC"}
        hasKeys={member.hasSingleKeys}
        isFound={isFound}
        verdict={
          <>
            <JudgedVerdict answer={answer} person={seen.person} hasFocus={isFound} />
            <FenceStrip answer={toScreeningView(reader, answer)} />
          </>
        }
        script={
          <Script seller={seller.name} locale={locale} isAllowed={answer.verdict === "allow"} />
        }
      />
      <ConsentList consents={seen.consents} zone={zone} choices={choices} mayOpenProofs={false}>
        {may(toActor(member), "consent.record") && (
          <OfflineLinks
            subject={seen.phoneId && { phoneId: seen.phoneId }}
            hasConsents={seen.consents.length > 0}
          />
        )}
      </ConsentList>
      <ComplaintForm phone={phone} />
    </>
  );
}

/** Chooses the person's language if known, else the agent's. */
function chooseLanguage(contacts: NumberView["person"]["contacts"], reader: string): Locale {
  const [language] = contacts.flatMap(({ locale }) => locale ?? []);
  return preferredLocale(language ?? reader);
}

type CallHeadProps = { phone: string };

/** Title, and a field with the number, where the next one can be typed. */
function CallHead({ phone }: CallHeadProps) {
  const t = useTranslations("call");
  return (
    <>
      <PageHead title={t("title")} />
      <div className="mb-6">
        <NumberForm value={groupPhone(phone)} isQuiet place="call" />
      </div>
    </>
  );
}

type ScriptProps = { seller: string; locale: Locale; isAllowed: boolean };

/**
 * Shows how to open the call: who calls, and that the person may opt out. If the call is not allowed, it shows a
 * warning instead.
 */
function Script({ seller, locale, isAllowed }: ScriptProps) {
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

type NobodyOnLineProps = {
  /** True if the page's address has expired. */
  isOver?: boolean;
  typed?: string;
  /** Why the typed number cannot be shown. */
  fault?: Message | string | null;
};

/** Page before a call, or after text that is not a number. */
export function NobodyOnLine({ isOver = false, typed, fault = null }: NobodyOnLineProps) {
  const t = useTranslations("call");
  const locale = useLocale();
  const faultText = fault === null || typeof fault === "string" ? fault : say(locale, fault);
  return (
    <>
      <PageHead title={t("title")} />
      <NumberForm
        {...(typed !== undefined && { value: typed })}
        {...(faultText !== null && { describedBy: "fault", isInvalid: true })}
        hasFocus
        place="call"
      />
      {faultText === null ? (
        <Empty title={t(isOver ? "again" : "empty")}>{t("emptyBody")}</Empty>
      ) : (
        <div id="fault" className="mt-5">
          <Banner tone="bad" title={faultText} />
        </div>
      )}
    </>
  );
}
