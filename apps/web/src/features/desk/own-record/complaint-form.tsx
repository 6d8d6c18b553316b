import { useTranslations } from "next-intl";
import { Field } from "@/components/field";
import { PublicSubmit } from "@/components/public-submit";
import { Textarea } from "@/components/textarea";
import { sendComplaint } from "./send-complaint";

type ComplaintFormProps = {
  address: string;
  /** Whose page it stands on, sealed. */
  owner: string;
  /** Null where it is of no one call. */
  callId: string | null;
  /** What they were writing, of this call or of none, when their code was over. */
  draft?: string | undefined;
};

/** Folded away: a few words, and a button. */
export function ComplaintForm({ draft, ...about }: ComplaintFormProps) {
  const t = useTranslations("ownRecord");
  return (
    <details open={draft !== undefined}>
      <summary className="text-base">
        {t(about.callId === null ? "complain" : "complainOfCall")}
      </summary>
      <form action={sendComplaint.bind(null, about)} className="grid gap-3 pt-2">
        <Field label={t("complaint")}>
          {(wired) => (
            <Textarea
              {...wired}
              name="text"
              maxLength={2_000}
              required
              rows={4}
              defaultValue={draft}
            />
          )}
        </Field>
        <PublicSubmit busy={t("sending")} isQuiet>
          {t("sendComplaint")}
        </PublicSubmit>
      </form>
    </details>
  );
}
