"use client";
import { type MouseEvent, type ReactNode, useId, useState } from "react";
import { useTranslations } from "next-intl";
import { Download, type LucideIcon } from "lucide-react";
import { useRouter } from "next/navigation";
import { Button, type ButtonLook } from "./buttons";
import { Banner } from "./banner";
import { showToast } from "./toast";
import { ReasonField } from "./fields";
import { useProven } from "./proven-download";

type DialogProps = {
  title: string;
  children?: ReactNode;
  /** Buttons at the right end. One that closes the dialog calls `close()` of the dialog element, or `onClose`. */
  actions: ReactNode;
  /** Called after Escape, a click on the backdrop, or an action. */
  onClose: () => void;
  /** True if a click on the backdrop must not close it, because a wrong click would do harm. */
  isAlert?: boolean;
  /** True while something runs whose end the dialog shows. Escape does not close it then. */
  isBusy?: boolean;
};

/** The browser's own modal dialog, open while it is rendered. The browser traps the focus and restores it. */
export function Dialog({
  title,
  children,
  actions,
  onClose,
  isAlert = false,
  isBusy = false,
}: DialogProps) {
  const closedBy = isAlert ? "closerequest" : "any";
  const id = useId();
  return (
    <dialog
      ref={show}
      role={isAlert ? "alertdialog" : "dialog"}
      aria-labelledby={id}
      closedby={isBusy ? "none" : closedBy}
      onCancel={(event) => isBusy && event.preventDefault()}
      onClose={onClose}
      className="dialog"
    >
      <h2 id={id}>{title}</h2>
      {children && <div className="mt-1.5 text-muted">{children}</div>}
      <div className="mt-5 flex flex-wrap justify-end gap-2">{actions}</div>
    </dialog>
  );
}

function show(dialog: HTMLDialogElement | null) {
  if (dialog !== null && !dialog.open) dialog.showModal();
}

type ConfirmDialogProps = {
  /** Question of the dialog. The label of `confirm` answers it with a verb. */
  title: string;
  children?: ReactNode;
  confirm: string;
  onConfirm: () => void;
  onClose: () => void;
};

/** Asks for confirmation. Use it only where a wrong click would do harm, such as where it cannot be undone. */
export function ConfirmDialog({
  title,
  children,
  confirm,
  onConfirm,
  onClose,
}: ConfirmDialogProps) {
  const t = useTranslations("dialog");
  return (
    <Dialog
      isAlert
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={close}>{t("cancel")}</Button>
          <Button
            look="danger"
            onClick={(event) => {
              onConfirm();
              close(event);
            }}
          >
            {confirm}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  );
}

/** Closes through the browser, which then restores the focus. */
const close = ({ currentTarget }: MouseEvent<HTMLElement>) =>
  currentTarget.closest("dialog")?.close();

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
  const [isInvalid, setInvalid] = useState(false);
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
          setInvalid(false);
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
              setInvalid(data === undefined);
              if (data !== undefined) saving.mutate(data, { onSuccess: saved });
            }}
          >
            {children}
            {isInvalid && <Banner tone="bad" role="alert" title={t("odd")} />}
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

type ReasonedDownloadProps = {
  /** Address that the form is sent to. It answers with the file. */
  action: string;
  look?: ButtonLook;
  words: { open: ReactNode; title: string; body: string; reason: string; reasonHint: string };
  whyNot: string | undefined;
};

/**
 * Downloads a file of personal data, after the member has given a reason that goes on record and, unless they just
 * have, proved who they are.
 */
export function ReasonedDownload({ action, look, words, whyNot }: ReasonedDownloadProps) {
  const t = useTranslations("dialog");
  const [isOpen, setOpen] = useState(false);
  const send = useProven();
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
            onSubmit={(event) => {
              event.preventDefault();
              const form = event.currentTarget;
              send(() => {
                form.submit();
                setOpen(false);
              });
            }}
          >
            <p>{words.body}</p>
            <ReasonField label={words.reason} hint={words.reasonHint} />
          </form>
        </Dialog>
      )}
    </>
  );
}
