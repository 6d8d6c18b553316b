import { CaptureFormId } from "@ringfence/core/ids";
import { may } from "@ringfence/core/platform/access";
import { type CurrentMember, toActor } from "@ringfence/services/account/member";
import { getLocale, getTranslations } from "next-intl/server";
import { Banner } from "@/components/banner";
import { choosePersonLanguage } from "@/i18n/person-language";
import { api } from "@/server/caller";
import type { ConsentChoices } from "../record-offline/shown-text-fields";
import { SpokenConsent } from "./spoken-consent";

type AgreementProps = {
  /** The people of the number. */
  seen: { person: { contacts: readonly { locale: string | null }[] } };
  judged: { answer: { refusals: readonly { reason: string }[] } };
  /** E.164. */
  phone: string;
  choices: Omit<ConsentChoices, "forms">;
  member: CurrentMember;
};

/** The form for a spoken consent; null if the member may not record one. */
export const offerAgreement = (props: AgreementProps) =>
  may(toActor(props.member), "consent.record") ? <Agreement {...props} /> : null;

/** Records what the person on the line agrees to, by a published phone script that is not closed. */
async function Agreement({ seen, judged, phone, choices, member }: AgreementProps) {
  const t = await getTranslations("call.agreement");
  const forms = (await api.captureForm.list())
    .filter(({ kind, version, closedAt }) => kind === "phone" && version > 0 && closedAt === null)
    .map(({ id, name, kind }) => ({ id, name, kind }));
  const [first] = forms;
  return first === undefined ? (
    <div tabIndex={-1}>
      <Banner title={t("noScript")}>{t("noScriptBody")}</Banner>
    </div>
  ) : (
    <SpokenConsent
      phone={phone}
      choices={{ ...choices, forms }}
      script={await api.captureForm.read({ formId: CaptureFormId.parse(first.id) })}
      locale={choosePersonLanguage(seen.person.contacts, await getLocale())}
      hasKeys={member.hasSingleKeys}
      isRefused={judged.answer.refusals.some(({ reason }) => reason === "opted-out")}
    />
  );
}
