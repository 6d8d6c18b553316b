"use client";

import { Check, CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Toaster as Sonner, toast } from "sonner";
import { Button } from "./buttons";
import { Icon } from "./icons";

type Toast = {
  tone: "done" | "bad";
  title: string;
  children?: ReactNode;
  action?: { label: string; onClick: () => void };
};

/**
 * Repeats what the page already shows. A toast is never the only place, and an opt-out never waits for
 * one.
 */
export const showToast = ({ action, ...content }: Toast) =>
  toast.custom(
    (id) => (
      <ToastCard
        {...content}
        {...(action && {
          action: {
            label: action.label,
            onClick: () => {
              toast.dismiss(id);
              action.onClick();
            },
          },
        })}
      />
    ),
    action && { duration: ACTION_MS },
  );

/** Time for which a toast with a button stays: long enough to read it and reach the button. */
const ACTION_MS = 20_000;

export const Toaster = ({ label }: { label: string }) => (
  <Sonner position="bottom-right" gap={8} containerAriaLabel={label} hotkey={[]} />
);

export const ToastCard = ({ tone, title, children, action }: Toast) => (
  <div
    role={tone === "bad" ? "alert" : "status"}
    className="grid w-[min(25rem,calc(100vw-2rem))] grid-cols-[auto_minmax(0,1fr)_auto] items-start gap-x-2.5 gap-y-0.5 rounded-lg border border-line bg-raised px-3 py-2.5 font-sans shadow-float"
  >
    <Icon
      of={tone === "bad" ? CircleAlert : Check}
      className={`mt-0.5 ${tone === "bad" ? "text-refuse" : "text-allow"}`}
    />
    <b>{title}</b>
    {action && (
      <span className="-my-1">
        <Button size="small" look="quiet" onClick={action.onClick}>
          {action.label}
        </Button>
      </span>
    )}
    {children && <div className="col-start-2 text-sm text-muted">{children}</div>}
  </div>
);
