import type { ComponentProps } from "react";

/** Text field the size of a thumb. */
export const PublicInput = (input: Omit<ComponentProps<"input">, "className">) => (
  <input
    {...input}
    className="min-h-14 w-full rounded-md border border-line-strong bg-raised px-3 text-public aria-invalid:border-refuse"
  />
);
