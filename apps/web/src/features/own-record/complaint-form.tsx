import { useTranslations } from "next-intl";
import { Field } from "@/components/field";
import { PublicSubmit } from "@/components/public-submit";
import { Textarea } from "@/components/textarea";
import { sendComplaint } from "./send-complaint";

type ComplaintFormProps = {
  address: string;
  /** Null where it is of no one call. */
  callId: string | null;
};

/** Folded away: a few words, and a button. */
export function ComplaintForm({ address, callId }: ComplaintFormProps) {
  const t = useTranslations("ownRecord");
  return (
    <details>
      <summary className="text-base">{t(callId === null ? "complain" : "complainOfCall")}</summary>
      <form action={sendComplaint.bind(null, { address, callId })} className="grid gap-3 pt-2">
        <Field label={t("complaint")}>
          {(wired) => <Textarea {...wired} name="text" maxLength={2_000} required rows={4} />}
        </Field>
        <PublicSubmit busy={t("sending")} isQuiet>
          {t("sendComplaint")}
        </PublicSubmit>
      </form>
    </details>
  );
}
