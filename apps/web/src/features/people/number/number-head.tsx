import type { NumberSeen } from "@ringfence/services/people/phone";
import { useTranslations } from "next-intl";
import { LocalTime } from "@/components/local-time";
import { PageHead } from "@/components/page-head";
import { PrintButton } from "@/components/print-button";
import { groupPhone } from "@/i18n/group-phone";
import { AskForm } from "./ask-form";
import { ChangeCall } from "./change-call";
import type { Choices } from "./choices";
import type { Subject } from "./look";
import { ReadAs } from "./read-as";

type NumberHeadProps = {
  seen: NumberSeen;
  /** As it was typed; the number itself, where it was come by otherwise. */
  typed: string | null;
  subject: Subject;
  choices: Choices;
  member: { name: string; organizationName: string };
};

/** The field again, with how it was read and for which call it is judged; on paper, who printed it. */
export function NumberHead({ seen, typed, subject, choices, member }: NumberHeadProps) {
  const t = useTranslations("number");
  const { judged } = seen;
  const phone = judged?.answer.phone ?? null;
  return (
    <>
      {judged && (
        <p className="printonly mb-2 text-xs text-muted">
          {t.rich("printed", {
            organization: member.organizationName,
            member: member.name,
            time: () => <LocalTime instant={judged.answer.checked.at} />,
          })}
        </p>
      )}
      <PageHead title={t("title")}>
        <PrintButton>{t("print")}</PrintButton>
      </PageHead>
      <div className="mb-7 grid gap-1">
        <AskForm
          value={typed ?? (phone ? groupPhone(phone) : "")}
          {...(judged && { look: judged.call })}
          describedBy="read-as"
        />
        {judged && phone && (
          <>
            <p id="read-as" className="text-xs text-muted">
              <ReadAs phone={phone} call={judged.call} choices={choices} />
            </p>
            <ChangeCall subject={subject} call={judged.call} choices={choices} />
          </>
        )}
      </div>
    </>
  );
}
