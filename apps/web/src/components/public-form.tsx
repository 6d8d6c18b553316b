import { randomUUID } from "node:crypto";
import type { ComponentProps } from "react";
import { FaultFocus } from "./fault-focus";

type PublicFormProps = Omit<ComponentProps<"form">, "className"> & {
  /** True if the form came back with a fault. */
  hasFault: boolean;
};

/**
 * A form of a public page, which works without scripts. One that came back with a fault is made anew each
 * time, so that the fault is led to and shown again.
 */
export const PublicForm = ({ hasFault, children, ...form }: PublicFormProps) => (
  <form key={hasFault ? randomUUID() : "first"} className="grid gap-5" {...form}>
    {hasFault && <FaultFocus />}
    {children}
  </form>
);
