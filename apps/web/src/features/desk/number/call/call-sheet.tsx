import { type Message, say } from "@ringfence/core/platform/message";
import { may } from "@ringfence/core/platform/access";
import { type CurrentMember, toActor } from "@ringfence/services/account/member";
import type { NumberView } from "@ringfence/services/desk/number";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { OfflineLinks } from "@/components/offline-links";
import { ConsentList } from "../number-sheet";
import { type Choices, purposeName, sellerName } from "../words";
import { CallPanel } from "./call-panel";
import { ChosenByPerson } from "@/components/call-preferences";
import { SpokenCode } from "@/components/hand-out-code";
import { Empty, PageHead, Section } from "@/components/page-layout";
import { choosePersonLanguage } from "@/i18n/person-language";
import { groupPhone } from "@/i18n/group-phone";
import { NumberForm } from "../number-search";
import { Banner } from "@/components/banner";

type CallSheetProps = {
  seen: NumberView;
  judged: NonNullable<NumberView["judged"]>;
  phone: string;
  choices: Choices;
  member: CurrentMember;
  /** True if the agent looked the number up, false if a dialer opened the page. */
  isFound: boolean;
  /** Records a spoken consent; null if the member may not. */
  agreement: ReactNode;
  /** Why the member may not issue a code for the person's own record. */
  whyNoCode: string | undefined;
};

/** Shows what an agent needs during a call: who, the verdict, what to say, and each outcome by one key. */
export function CallSheet(props: CallSheetProps) {
  const { seen, judged, phone, choices, member, isFound, agreement, whyNoCode } = props;
  const t = useTranslations("handOutCode");
  const reader = useLocale();
  const { answer, call } = judged;
  const locale = choosePersonLanguage(seen.person.contacts, reader);
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
        hasKeys={member.hasSingleKeys}
        isFound={isFound}
        judged={judged}
        person={seen.person}
        agreement={agreement}
      />
      <ChosenByPerson preferences={seen.preferences} />
      <ConsentList consents={seen.consents} zone={zone} choices={choices} mayOpenProofs={false}>
        {may(toActor(member), "consent.record") && (
          <OfflineLinks
            subject={seen.phoneId && { phoneId: seen.phoneId }}
            hasConsents={seen.consents.length > 0}
          />
        )}
      </ConsentList>
      {seen.phoneId !== null && (
        <Section title={t("title")}>
          <div className="grid gap-3 pt-2.5">
            <p className="max-w-[38rem] text-muted">{t("callNote")}</p>
            <SpokenCode phoneId={seen.phoneId} whyNot={whyNoCode} />
          </div>
        </Section>
      )}
    </>
  );
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
