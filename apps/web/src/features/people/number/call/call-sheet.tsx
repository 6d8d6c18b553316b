import { type Locale, preferredLocale } from "@ringfence/core/platform/message";
import type { CurrentMember } from "@ringfence/services/account/member";
import type { NumberSeen } from "@ringfence/services/people/phone";
import { useLocale } from "next-intl";
import { FenceStrip } from "@/components/fence/fence-strip";
import { OfflineLinks } from "@/components/offline-links";
import { Agreed } from "../agreed";
import { type Choices, purposeName, sellerName } from "../choices";
import { JudgedVerdict } from "../judged-verdict";
import { tell } from "../tell";
import { CallPanel } from "./call-panel";
import { ComplaintForm } from "./complaint-form";
import { Script } from "./script";

type CallSheetProps = {
  seen: NumberSeen;
  judged: NonNullable<NumberSeen["judged"]>;
  phone: string;
  choices: Choices;
  member: Pick<CurrentMember, "organizationName" | "hasSingleKeys">;
  /** True if the agent looked the number up, false if a dialer opened the page. */
  isFound: boolean;
  mayRecordConsents: boolean;
};

/** What an agent needs with a person on the line: the verdict, what to say, and one key that stops. */
export function CallSheet(props: CallSheetProps) {
  const { seen, judged, phone, choices, member, isFound, mayRecordConsents } = props;
  const reader = useLocale();
  const { answer, call } = judged;
  const locale = languageOf(seen.person.contacts, reader);
  const seller = { id: call.seller, name: sellerName(choices, call.seller) };
  const purpose = { key: call.purpose, name: purposeName(choices, call.purpose) };
  const zone = answer.checked.zones[0] ?? null;
  return (
    <>
      <CallPanel
        phone={phone}
        about={{ organization: member.organizationName, seller, purpose }}
        locale={locale}
        zone={zone ?? "UTC"}
        hasKeys={member.hasSingleKeys}
        isFound={isFound}
        judged={
          <>
            <JudgedVerdict answer={answer} person={seen.person} hasFocus={isFound} />
            <FenceStrip answer={tell(reader, answer)} />
          </>
        }
        script={
          <Script seller={seller.name} locale={locale} isAllowed={answer.verdict === "allow"} />
        }
      />
      <Agreed consents={seen.consents} zone={zone} choices={choices} mayOpenProofs={false}>
        {mayRecordConsents && (
          <OfflineLinks
            subject={seen.phoneId && { phoneId: seen.phoneId }}
            hasConsents={seen.consents.length > 0}
          />
        )}
      </Agreed>
      <ComplaintForm phone={phone} />
    </>
  );
}

/** The person's, as far as anybody knows; else the agent's. */
function languageOf(contacts: NumberSeen["person"]["contacts"], reader: string): Locale {
  const [known] = contacts.flatMap(({ locale }) => locale ?? []);
  return preferredLocale(known ?? reader);
}
