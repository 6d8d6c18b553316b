"use client";

import type { ComponentProps } from "react";

/** Section that takes the focus when it first appears, and not when it is rendered again. */
export const FocusedSection = (props: Omit<ComponentProps<"section">, "ref" | "tabIndex">) => (
  <section {...props} tabIndex={-1} ref={takeFocus} />
);

const takeFocus = (element: HTMLElement | null) => element?.focus();
