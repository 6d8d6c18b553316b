import type { NumberSeen } from "@ringfence/services/people/phone";
import { useLocale, useTranslations } from "next-intl";
import { AgreedAgain } from "@/components/agreed-again";
import { Banner } from "@/components/banner";
import { Columns } from "@/components/columns";
import { FenceStrip } from "@/components/fence/fence-strip";
import { OfflineLinks } from "@/components/offline-links";
import { Agreed } from "./agreed";
import type { Choices } from "./choices";
import { EveryCheck } from "./every-check";
import { JudgedVerdict } from "./judged-verdict";
import type { Look, Subject } from "./look";
import { tell } from "./tell";
import { Timeline } from "./timeline";
import { WhoseNumber } from "./whose-number";
import { Why } from "./why";

type NumberSheetProps = {
  seen: NumberSeen;
  subject: Subject;
  look: Look;
  choices: Choices;
  mayOpenContacts: boolean;
  mayOpenProofs: boolean;
  mayRecordConsents: boolean;
};

/** All about one number: the verdict first, then why, then whose, then what it rests on. */
export function NumberSheet({ seen, subject, look, choices, ...may }: NumberSheetProps) {
  const t = useTranslations("number");
  const locale = useLocale();
  const { judged, person, timeline } = seen;
  const answer = judged?.answer;
  const zone = answer?.checked.zones[0] ?? null;
  const told = answer && tell(locale, answer);
  return (
    <>
      {seen.isErased && <Banner title={t("erased")}>{t("erasedBody")}</Banner>}
      {answer?.phone && told && (
        <>
          <JudgedVerdict answer={answer} person={person} />
          <FenceStrip answer={told} isLinked />
          <Columns>
            <Why answer={told} />
            <WhoseNumber seen={seen} phone={answer.phone} mayOpenContacts={may.mayOpenContacts} />
          </Columns>
          <AgreedAgain again={seen.again} zone={zone} />
          <EveryCheck answer={told} />
        </>
      )}
      <Columns>
        <Timeline page={timeline} {...{ zone, subject, look, choices }} />
        <Agreed
          consents={seen.consents}
          zone={zone}
          choices={choices}
          mayOpenProofs={may.mayOpenProofs}
        >
          {may.mayRecordConsents && !seen.isErased && (
            <OfflineLinks subject={subject} hasConsents={seen.consents.length > 0} />
          )}
        </Agreed>
      </Columns>
    </>
  );
}
