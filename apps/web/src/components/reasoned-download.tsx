"use client";

import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useId, useState } from "react";
import { Button } from "./button";
import type { ButtonLook } from "./button-class";
import { Dialog } from "./dialog";
import { Field } from "./field";
import { Textarea } from "./textarea";

type ReasonedDownloadProps = {
  /** Address that the form is sent to. It answers with the file. */
  action: string;
  look?: ButtonLook;
  words: { open: ReactNode; title: string; body: string; reason: string; reasonHint: string };
  whyNot: string | undefined;
};

/** Downloads a file with numbers, after the member has given a reason that goes on record. */
export function ReasonedDownload({ action, look, words, whyNot }: ReasonedDownloadProps) {
  const t = useTranslations("dialog");
  const [isOpen, setOpen] = useState(false);
  const formId = useId();
  return (
    <>
      <Button icon={Download} {...(look && { look })} whyNot={whyNot} onClick={() => setOpen(true)}>
        {words.open}
      </Button>
      {isOpen && (
        <Dialog
          title={words.title}
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
            action={action}
            className="grid grid-cols-1 gap-3"
            // Close later: a form that is removed while it is being sent is not sent.
            onSubmit={() => setTimeout(() => setOpen(false))}
          >
            <p>{words.body}</p>
            <Field label={words.reason} hint={words.reasonHint}>
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
