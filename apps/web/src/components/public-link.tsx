import type { ReactNode } from "react";

/** Link to another public page, the size of a thumb. */
export const PublicLink = ({ href, children }: { href: string; children: ReactNode }) => (
  <a
    href={href}
    className="inline-flex min-h-14 items-center justify-center rounded-md border border-ink bg-ink px-4 text-public font-medium text-surface no-underline"
  >
    {children}
  </a>
);
