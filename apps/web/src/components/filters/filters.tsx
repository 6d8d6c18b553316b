import type { ReactNode } from "react";

type FiltersProps = {
  label: string;
  children: ReactNode;
  /** At the right: what the filtered rows can be taken as. */
  aside?: ReactNode;
};

/** Stands above a list; each filter is a part of the address. */
export const Filters = ({ label, children, aside }: FiltersProps) => (
  <search aria-label={label} className="flex flex-wrap items-center gap-2 py-3">
    {children}
    {aside && <div className="ml-auto text-sm">{aside}</div>}
  </search>
);
