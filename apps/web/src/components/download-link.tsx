import { Download } from "lucide-react";
import type { ReactNode } from "react";
import { type ButtonLook, buttonClass } from "./button-class";
import { Icon } from "./icon";

type DownloadLinkProps = { href: string; look?: ButtonLook; children: ReactNode };

/** Link to a file. It is not a link of Next, because prefetching would put a download on record. */
export const DownloadLink = ({ href, look = "plain", children }: DownloadLinkProps) => (
  <a href={href} download className={buttonClass({ look })}>
    <Icon of={Download} />
    {children}
  </a>
);
