import type { ReactNode } from "react";

type FiltersProps = {
  label: string;
  children: ReactNode;
  /** Content at the right end, such as a download of the filtered rows. */
  aside?: ReactNode;
};

/** Filters above a list. Each one is a part of the address. */
export const Filters = ({ label, children, aside }: FiltersProps) => (
  <search aria-label={label} className="flex flex-wrap items-center gap-2 py-3">
    {children}
    {aside && <div className="ml-auto text-sm">{aside}</div>}
  </search>
);
