import type { LucideIcon } from "lucide-react";
import Link from "next/link";
import type { ComponentProps } from "react";
import { type ButtonLook, type ButtonSize, buttonClass } from "./button-class";
import { Icon } from "./icon";

type ButtonLinkProps = Omit<ComponentProps<typeof Link>, "className"> & {
  look?: ButtonLook;
  size?: ButtonSize;
  icon?: LucideIcon;
};

/** Link that looks like a button. */
export const ButtonLink = ({ look, size, icon, children, ...link }: ButtonLinkProps) => (
  <Link {...link} className={buttonClass({ ...(look && { look }), ...(size && { size }) })}>
    {icon && <Icon of={icon} />}
    {children}
  </Link>
);
