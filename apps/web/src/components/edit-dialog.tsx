"use client";

import type { LucideIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { type ReactNode, useId, useState } from "react";
import { Banner } from "./banner";
import { Button } from "./button";
import { Dialog } from "./dialog";
import { showToast } from "./toast";

type EditDialogProps<Data> = {
  words: {
    open: string;
    /** Accessible name of the button, needed where several buttons have the same label. */
    openOne?: string;
    title: string;
  };
  icon?: LucideIcon;
  whyNot?: string | undefined;
  /** Parses the form into what is saved; without data if it is not valid. */
  read: (form: FormData) => { data?: Data | undefined };
  saving: {
    mutate: (data: Data, then: { onSuccess: () => void }) => void;
    reset: () => void;
    isPending: boolean;
    error: { message: string } | null;
  };
  children: ReactNode;
};

/** Dialog with a few fields. The page itself shows what was saved. */
export function EditDialog<Data>({
  words,
  icon,
  whyNot,
  read,
  saving,
  children,
}: EditDialogProps<Data>) {
  const t = useTranslations("dialog");
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  const [isOdd, setOdd] = useState(false);
  const id = useId();
  const close = () => setOpen(false);
  const saved = () => {
    close();
    showToast({ tone: "done", title: t("saved") });
    router.refresh();
  };
  return (
    <>
      <Button
        size="small"
        {...(icon && { icon })}
        {...(words.openOne && { "aria-label": words.openOne })}
        whyNot={whyNot}
        onClick={() => {
          saving.reset();
          setOdd(false);
          setOpen(true);
        }}
      >
        {words.open}
      </Button>
      {isOpen && (
        <Dialog
          title={words.title}
          onClose={close}
          actions={<Actions form={id} busy={saving.isPending && t("saving")} onCancel={close} />}
        >
          <form
            id={id}
            className="grid grid-cols-1 gap-4 text-ink"
            onSubmit={(event) => {
              event.preventDefault();
              const { data } = read(new FormData(event.currentTarget));
              setOdd(data === undefined);
              if (data !== undefined) saving.mutate(data, { onSuccess: saved });
            }}
          >
            {children}
            {isOdd && <Banner tone="bad" role="alert" title={t("odd")} />}
            {saving.error && <Banner tone="bad" role="alert" title={saving.error.message} />}
          </form>
        </Dialog>
      )}
    </>
  );
}

type ActionsProps = { form: string; busy: string | false; onCancel: () => void };

function Actions({ form, busy, onCancel }: ActionsProps) {
  const t = useTranslations("dialog");
  return (
    <>
      <Button onClick={onCancel}>{t("cancel")}</Button>
      <Button type="submit" form={form} look="primary" busy={busy}>
        {t("save")}
      </Button>
    </>
  );
}
