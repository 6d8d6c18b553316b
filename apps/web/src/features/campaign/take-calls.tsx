"use client";

import type { CampaignId } from "@ringfence/core/ids";
import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { Field } from "@/components/field";
import { Textarea } from "@/components/textarea";

type TakeCallsProps = {
  campaignId: CampaignId;
  /** The request by which its dialer reads them. */
  request: string;
  whyNot: string | undefined;
};

/** How a dialer has the calls: by the API, or as a file, for a reason that goes on record. */
export function TakeCalls({ campaignId, request, whyNot }: TakeCallsProps) {
  const t = useTranslations("campaign");
  const [isOpen, setOpen] = useState(false);
  const formId = useId();
  return (
    <div className="grid grid-cols-1 gap-3 pt-3">
      <p className="max-w-[46rem]">{t("byApi")}</p>
      <p>
        <span className="font-mono text-sm break-all">{request}</span>
      </p>
      <p className="max-w-[46rem]">{t("byFile")}</p>
      <div>
        <Button icon={Download} whyNot={whyNot} onClick={() => setOpen(true)}>
          {t("file")}
        </Button>
      </div>
      {isOpen && (
        <Dialog
          title={t("fileTitle")}
          onClose={() => setOpen(false)}
          actions={
            <>
              <Button onClick={() => setOpen(false)}>{t("cancel")}</Button>
              <Button look="primary" type="submit" form={formId}>
                {t("take")}
              </Button>
            </>
          }
        >
          <form
            id={formId}
            method="post"
            action={`/api/campaigns/${campaignId}/calls.csv`}
            className="grid gap-3"
            // A form that is gone as it is sent is not sent.
            onSubmit={() => setTimeout(() => setOpen(false))}
          >
            <p>{t("fileBody")}</p>
            <Field label={t("fileReason")} hint={t("fileReasonHint")}>
              {(wired) => (
                <Textarea {...wired} name="reason" required minLength={10} maxLength={500} />
              )}
            </Field>
          </form>
        </Dialog>
      )}
    </div>
  );
}
