"use client";

import type { ComponentProps } from "react";
import { useFormStatus } from "react-dom";
import { Button } from "./button";

type SubmitButtonProps = Pick<ComponentProps<typeof Button>, "look" | "size" | "children"> & {
  /** Label while the form is being sent. */
  busy: string;
};

/** Submits its form. Without scripts it works too, but shows no busy label. */
export function SubmitButton({ busy, ...button }: SubmitButtonProps) {
  const { pending } = useFormStatus();
  return <Button {...button} type="submit" busy={pending && busy} />;
}
