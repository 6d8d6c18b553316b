import { Download } from "lucide-react";
import type { ReactNode } from "react";
import { type ButtonLook, buttonClass } from "./button-class";
import { Icon } from "./icon";

type DownloadLinkProps = { href: string; look?: ButtonLook; children: ReactNode };

/** Takes a file away. Not a link of Next: to fetch it ahead would put on record that it was taken. */
export const DownloadLink = ({ href, look = "plain", children }: DownloadLinkProps) => (
  <a href={href} download className={buttonClass({ look })}>
    <Icon of={Download} />
    {children}
  </a>
);
