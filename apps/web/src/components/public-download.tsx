import { Download } from "lucide-react";
import type { ReactNode } from "react";
import { Icon } from "./icon";

/** Download button the size of a thumb. */
export const PublicDownload = ({ href, children }: { href: string; children: ReactNode }) => (
  <a
    href={href}
    download
    className="inline-flex min-h-14 items-center justify-center gap-2 rounded-md border border-line-strong bg-raised px-3 text-base font-medium text-ink no-underline"
  >
    <Icon of={Download} />
    {children}
  </a>
);
