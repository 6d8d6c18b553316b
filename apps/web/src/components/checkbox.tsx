import type { ComponentProps, ReactNode } from "react";

type CheckboxProps = Omit<ComponentProps<"input">, "className" | "type"> & {
  label: string;
  hint?: ReactNode;
};

export const Checkbox = ({ label, hint, ...input }: CheckboxProps) => (
  <label className="grid min-h-6 grid-cols-[1rem_minmax(0,1fr)] items-baseline gap-x-2">
    <input type="checkbox" {...input} className="translate-y-0.5" />
    <span>{label}</span>
    {hint && <span className="col-start-2 text-sm text-muted">{hint}</span>}
  </label>
);
