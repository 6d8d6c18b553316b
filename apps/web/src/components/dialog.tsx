"use client";

import { type ReactNode, useId } from "react";

type DialogProps = {
  title: string;
  children?: ReactNode;
  /** Buttons at the right end. One that closes is `<button form=…>` or calls `close` of its own dialog. */
  actions: ReactNode;
  /** Called after Escape, a click on the backdrop, or an action. */
  onClose: () => void;
  /** True if a click on the backdrop must not close it, because the action cannot be undone. */
  isAlert?: boolean;
};

/** The browser's own modal dialog, open while it is rendered. The browser traps the focus and restores it. */
export function Dialog({ title, children, actions, onClose, isAlert = false }: DialogProps) {
  const id = useId();
  return (
    <dialog
      ref={show}
      role={isAlert ? "alertdialog" : "dialog"}
      aria-labelledby={id}
      closedby={isAlert ? "closerequest" : "any"}
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
