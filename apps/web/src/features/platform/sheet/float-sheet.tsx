"use client";

import { useState } from "react";
import { Button } from "@/components/button";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { Dialog } from "@/components/dialog";
import { Section } from "@/components/section";
import { showToast, ToastCard } from "@/components/toast";
import { words } from "./words";

const toast = { tone: "done", title: words.toast, children: words.toastBody } as const;

export function FloatSheet() {
  const [open, setOpen] = useState<"dialog" | "alert" | null>(null);
  const close = () => setOpen(null);
  return (
    <Section title={words.floats}>
      <div className="grid grid-cols-1 items-start gap-x-10 gap-y-6 pt-4 md:grid-cols-2">
        <div className="grid grid-cols-1 gap-3">
          <ToastCard {...toast} action={{ label: words.show, onClick: () => {} }} />
          <ToastCard
            tone="bad"
            title={words.badToast}
            action={{ label: words.tryAgain, onClick: () => {} }}
          >
            {words.badToastBody}
          </ToastCard>
        </div>
        <div className="flex flex-wrap gap-2">
          <Button onClick={() => setOpen("dialog")}>{words.openDialog}</Button>
          <Button onClick={() => setOpen("alert")}>{words.openAlert}</Button>
          <Button onClick={() => showToast(toast)}>{words.openToast}</Button>
        </div>
      </div>
      {open === "dialog" && (
        <Dialog
          title={words.move}
          onClose={close}
          actions={
            <Button look="primary" onClick={close}>
              {words.ask}
            </Button>
          }
        >
          {words.moveBody}
        </Dialog>
      )}
      {open === "alert" && (
        <ConfirmDialog
          title={words.erase}
          confirm={words.eraseNow}
          onConfirm={close}
          onClose={close}
        >
          {words.eraseBody}
        </ConfirmDialog>
      )}
    </Section>
  );
}
