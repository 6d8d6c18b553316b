import type { NumberSeen } from "@ringfence/services/phone";
import { useTranslations } from "next-intl";
import { Banner } from "@/components/banner";
import { Columns } from "@/components/columns";
import { FenceStrip } from "@/components/fence/fence-strip";
import { Agreed } from "./agreed";
import type { Choices } from "./choices";
import { EveryCheck } from "./every-check";
import type { Look, Subject } from "./look";
import { Timeline } from "./timeline";
import { Verdict } from "./verdict";
import { WhoseNumber } from "./whose-number";
import { Why } from "./why";

type NumberSheetProps = { seen: NumberSeen; subject: Subject; look: Look; choices: Choices };

/** All about one number: the verdict first, then why, then whose, then what it rests on. */
export function NumberSheet({ seen, subject, look, choices }: NumberSheetProps) {
  const t = useTranslations("number");
  const { judged, person, timeline } = seen;
  const answer = judged?.answer;
  const zone = answer?.checked.zones[0] ?? null;
  return (
    <>
      {seen.isErased && <Banner title={t("erased")}>{t("erasedBody")}</Banner>}
      {answer?.phone && (
        <>
          <Verdict answer={answer} person={person} />
          <FenceStrip answer={answer} isLinked />
          <Columns>
            <Why answer={answer} />
            <WhoseNumber seen={seen} phone={answer.phone} />
          </Columns>
          <EveryCheck answer={answer} />
        </>
      )}
      <Columns>
        <Timeline page={timeline} {...{ zone, subject, look, choices }} />
        <Agreed consents={seen.consents} zone={zone} choices={choices} />
      </Columns>
    </>
  );
}
