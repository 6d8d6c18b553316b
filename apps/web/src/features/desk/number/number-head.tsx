import type { JudgedCall, NumberView } from "@ringfence/services/desk/number";
import { useLocale, useTranslations } from "next-intl";
import { LocalTime } from "@/components/dates";
import { PageHead } from "@/components/page-layout";
import { PrintButton, SubmitButton } from "@/components/client-buttons";
import { groupPhone } from "@/i18n/group-phone";
import { NumberForm } from "./number-search";
import { placeName } from "@/i18n/place-name";
import { type Choices, purposeName, sellerName } from "./words";
import { type NumberSubject, numberPath } from "./number-query";
import { Dialer } from "@ringfence/core/account/organization";
import Form from "next/form";
import { SelectField } from "@/components/fields";
import { type Phone, lookUpPlan, toDigits } from "@ringfence/core/people/phone";
import { PhoneText } from "@/components/people";

type NumberHeadProps = {
  seen: NumberView;
  /** Text that was typed; null if the number was opened from the records. */
  typed: string | null;
  subject: NumberSubject;
  choices: Choices;
  member: { name: string; organizationName: string };
};

/**
 * Shows the search field, how the number was read, and the call it is screened for. Prints show who printed
 * them.
 */
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
        <NumberForm
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

type ChangeCallProps = { subject: NumberSubject; call: JudgedCall["call"]; choices: Choices };

/** Form for another seller, purpose or dialer. */
function ChangeCall({ subject, call, choices }: ChangeCallProps) {
  const t = useTranslations("number");
  const dialers = useTranslations("dialers");
  return (
    <details className="screenonly text-sm">
      <summary>{t("change")}</summary>
      <Form
        action={"asked" in subject ? "/numbers" : numberPath(subject)}
        className="grid max-w-[46rem] items-end gap-3 py-2 sm:grid-cols-4"
      >
        {"asked" in subject && <input type="hidden" name="asked" value={subject.asked} />}
        <SelectField
          name="seller"
          label={t("seller")}
          choices={choices.sellers.map(({ id, name }) => ({ key: id, name }))}
          chosen={call.seller}
        />
        <SelectField
          name="purpose"
          label={t("purpose")}
          choices={choices.purposes}
          chosen={call.purpose}
        />
        <SelectField
          name="dialer"
          label={t("dialer")}
          choices={Dialer.options.map((key) => ({ key, name: dialers(key) }))}
          chosen={call.dialer}
        />
        <SubmitButton busy={t("finding")}>{t("show")}</SubmitButton>
      </Form>
    </details>
  );
}

type ReadAsProps = { phone: Phone; call: JudgedCall["call"]; choices: Choices };

/** Shows how the input was read, and for which call the number is judged. */
function ReadAs({ phone, call, choices }: ReadAsProps) {
  const t = useTranslations("number");
  const dialers = useTranslations("dialers");
  const locale = useLocale();
  const { country, lineType } = lookUpPlan(toDigits(phone));
  return (
    <>
      {t.rich("readAs", {
        phone: () => <PhoneText phone={phone} />,
        place: country === null ? t("facts.placeUnknown") : placeName(locale, country),
        line: lineType,
      })}{" "}
      {t("judgedFor", {
        seller: sellerName(choices, call.seller),
        purpose: purposeName(choices, call.purpose),
        dialer: dialers(call.dialer),
      })}
    </>
  );
}
