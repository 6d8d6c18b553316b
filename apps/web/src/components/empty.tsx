import type { ReactNode } from "react";

type EmptyProps = { title: string; children?: ReactNode; action?: ReactNode };

/** Says that there is nothing yet, what follows from that, and what to do next. */
export const Empty = ({ title, children, action }: EmptyProps) => (
  <div className="grid justify-items-start gap-1.5 border-b border-line py-7">
    <p>
      <b>{title}</b>
    </p>
    {children && <div className="max-w-[46rem] text-muted">{children}</div>}
    {action && <div className="mt-2">{action}</div>}
  </div>
);
