"use client";

import { useTranslations } from "next-intl";
import type { MouseEvent, ReactNode } from "react";
import { Button } from "./button";
import { Dialog } from "./dialog";

type ConfirmDialogProps = {
  /** A question; its answer is the verb of `confirm`. */
  title: string;
  children?: ReactNode;
  confirm: string;
  onConfirm: () => void;
  onClose: () => void;
};

/** Only before what cannot be undone. */
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

/** Through the browser, which then gives the focus back to where it was. */
const close = ({ currentTarget }: MouseEvent<HTMLElement>) =>
  currentTarget.closest("dialog")?.close();
