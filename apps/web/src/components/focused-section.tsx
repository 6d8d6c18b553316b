"use client";

import type { ComponentProps } from "react";

/** A section that takes the focus as it comes on the page, and leaves it alone when it is drawn anew. */
export const FocusedSection = (props: Omit<ComponentProps<"section">, "ref" | "tabIndex">) => (
  <section {...props} tabIndex={-1} ref={takeFocus} />
);

const takeFocus = (element: HTMLElement | null) => element?.focus();
