"use client";

import type { ComponentProps } from "react";
import { useFormStatus } from "react-dom";

type PublicSubmitProps = Pick<ComponentProps<"button">, "name" | "value" | "children"> & {
  busy: string;
  isQuiet?: boolean;
};

const looks = {
  loud: "border-ink bg-ink text-surface",
  quiet: "border-line-strong bg-raised text-ink",
};

/** Submits its form, with or without scripts. */
export function PublicSubmit({ busy, isQuiet = false, children, ...named }: PublicSubmitProps) {
  const { pending } = useFormStatus();
  return (
    <button
      type="submit"
      {...named}
      disabled={pending}
      className={`min-h-14 w-full cursor-pointer rounded-md border px-4 text-public font-medium ${looks[isQuiet ? "quiet" : "loud"]}`}
    >
      {pending ? busy : children}
    </button>
  );
}
