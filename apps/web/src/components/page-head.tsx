import type { ReactNode } from "react";

type PageHeadProps = { title: string; note?: ReactNode; children?: ReactNode };

/** The name of the page, what it is of, and the one thing to do. */
export const PageHead = ({ title, note, children }: PageHeadProps) => (
  <header className="mb-5 flex flex-wrap items-center gap-x-4 gap-y-2">
    <h1>{title}</h1>
    {note && <p className="min-w-48 flex-1 text-sm text-muted">{note}</p>}
    {children && (
      <div className="ml-auto flex flex-wrap items-center gap-2 max-sm:has-[form]:w-full max-sm:[&>form]:w-full">
        {children}
      </div>
    )}
  </header>
);
