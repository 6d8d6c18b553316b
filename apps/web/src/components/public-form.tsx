import { randomUUID } from "node:crypto";
import type { ComponentProps } from "react";
import { FaultFocus } from "./fault-focus";

type PublicFormProps = Omit<ComponentProps<"form">, "className"> & {
  /** True if the form came back with a fault. */
  hasFault: boolean;
};

/**
 * Form of a public page, which works without scripts. A form that came back with a fault is mounted anew
 * each time, so that the focus moves to the fault and the fault is shown again.
 */
export const PublicForm = ({ hasFault, children, ...form }: PublicFormProps) => (
  <form key={hasFault ? randomUUID() : "first"} className="grid gap-5" {...form}>
    {hasFault && <FaultFocus />}
    {children}
  </form>
);
