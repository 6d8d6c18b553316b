"use client";

import type { ComponentProps } from "react";
import { useFormStatus } from "react-dom";
import { Button } from "./button";

type SubmitButtonProps = Pick<ComponentProps<typeof Button>, "look" | "size" | "children"> & {
  /** Stands for the label while the form is on its way. */
  busy: string;
};

/** Sends the form around it; without scripts it does so too, and only cannot say that it is busy. */
export function SubmitButton({ busy, ...button }: SubmitButtonProps) {
  const { pending } = useFormStatus();
  return <Button {...button} type="submit" busy={pending && busy} />;
}
