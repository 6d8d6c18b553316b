"use client";

import type { ReactNode } from "react";
import { CopyButton } from "./copy-button";

type ShownOnceProps = { title: string; note: string; secret: string; children?: ReactNode };

/** Shows a secret this one time, and what to do next. Takes the focus. */
export const ShownOnce = ({ title, note, secret, children }: ShownOnceProps) => (
  <div aria-live="polite" tabIndex={-1} ref={focus} className="grid max-w-[40rem] gap-2 pt-2">
    <p className="text-lg font-semibold">{title}</p>
    <p>{note}</p>
    <code className="bg-sunken p-3 font-mono text-sm break-all">{secret}</code>
    <div className="flex flex-wrap gap-2">
      <CopyButton text={secret} />
      {children}
    </div>
  </div>
);

const focus = (node: HTMLElement | null) => node?.focus();
