"use client";

import { type ReactNode, useId } from "react";

type DialogProps = {
  title: string;
  children?: ReactNode;
  /** At the right end; one that closes is `<button form=…>` or calls `close` of its own dialog. */
  actions: ReactNode;
  /** Closed by Escape, by the ground beside it, or by an action. */
  onClose: () => void;
  /** Nothing beside it may close what cannot be undone. */
  isAlert?: boolean;
};

/** Shown as long as it is rendered. The browser's own: it keeps the focus in, and gives it back. */
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
