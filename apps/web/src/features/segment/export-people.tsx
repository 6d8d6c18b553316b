"use client";

import type { SegmentId } from "@ringfence/core/ids";
import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { Field } from "@/components/field";
import { Textarea } from "@/components/textarea";

type ExportPeopleProps = { segmentId: SegmentId; whyNot: string | undefined };

/** Takes the numbers of a segment away, for a reason that goes on record; or says who may. */
export function ExportPeople({ segmentId, whyNot }: ExportPeopleProps) {
  const t = useTranslations("segmentPeople");
  const [isOpen, setOpen] = useState(false);
  const formId = useId();
  return (
    <>
      <Button icon={Download} whyNot={whyNot} onClick={() => setOpen(true)}>
        {t("export")}
      </Button>
      {isOpen && (
        <Dialog
          title={t("exportTitle")}
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
            action={`/api/segments/${segmentId}/people.csv`}
            className="grid gap-3"
            // A form that is gone as it is sent is not sent.
            onSubmit={() => setTimeout(() => setOpen(false))}
          >
            <p>{t("exportBody")}</p>
            <Field label={t("reason")} hint={t("reasonHint")}>
              {(wired) => (
                <Textarea {...wired} name="reason" required minLength={10} maxLength={500} />
              )}
            </Field>
          </form>
        </Dialog>
      )}
    </>
  );
}
