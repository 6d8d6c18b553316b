import { Dialer } from "@ringfence/core/calling/screening";
import type { Judged } from "@ringfence/services/people/phone";
import Form from "next/form";
import { useTranslations } from "next-intl";
import { Field } from "@/components/field";
import { Select } from "@/components/select";
import { SubmitButton } from "@/components/submit-button";
import type { Choices } from "./choices";
import { numberPath, type Subject } from "./look";

type ChangeCallProps = { subject: Subject; call: Judged["call"]; choices: Choices };

/** For which call the number is judged: other sellers, purposes and dialers, folded until wanted. */
export function ChangeCall({ subject, call, choices }: ChangeCallProps) {
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
        <Field label={t("seller")}>
          {(wired) => (
            <Select {...wired} name="seller" defaultValue={call.seller}>
              {choices.sellers.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label={t("purpose")}>
          {(wired) => (
            <Select {...wired} name="purpose" defaultValue={call.purpose}>
              {choices.purposes.map(({ key, name }) => (
                <option key={key} value={key}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label={t("dialer")}>
          {(wired) => (
            <Select {...wired} name="dialer" defaultValue={call.dialer}>
              {Dialer.options.map((dialer) => (
                <option key={dialer} value={dialer}>
                  {dialers(dialer)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <SubmitButton busy={t("finding")}>{t("show")}</SubmitButton>
      </Form>
    </details>
  );
}
