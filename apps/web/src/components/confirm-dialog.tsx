"use client";

import { useTranslations } from "next-intl";
import type { MouseEvent, ReactNode } from "react";
import { Button } from "./button";
import { Dialog } from "./dialog";

type ConfirmDialogProps = {
  /** Question of the dialog. The label of `confirm` answers it with a verb. */
  title: string;
  children?: ReactNode;
  confirm: string;
  onConfirm: () => void;
  onClose: () => void;
};

/** Asks for confirmation. Use it only before something that cannot be undone. */
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
