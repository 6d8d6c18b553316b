import { type ReactNode, useId } from "react";

type ProgressProps = {
  label: string;
  value: number;
  max: number;
  /** The same in words: share, time left, counts. */
  children: ReactNode;
};

/** Shows the progress of long work as a bar and in words. */
export function Progress({ label, value, max, children }: ProgressProps) {
  const id = useId();
  return (
    <div className="grid gap-2">
      <p id={id} className="font-semibold">
        {label}
      </p>
      <progress max={max} value={value} aria-labelledby={id} />
      <div className="text-sm text-muted tabular-nums">{children}</div>
    </div>
  );
}
