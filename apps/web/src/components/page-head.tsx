import type { ReactNode } from "react";

type PageHeadProps = { title: string; note?: ReactNode; children?: ReactNode };

/** Head of a page: its title, a note on its subject, and the main action. */
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
