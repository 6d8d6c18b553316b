import { Download, LoaderCircle, Lock, type LucideIcon, Plus } from "lucide-react";
import { type ComponentProps, type ReactNode, useId } from "react";
import Link from "next/link";
import type { Route } from "next";
import { Icon } from "./icons";

type ButtonProps = Omit<ComponentProps<"button">, "className"> & {
  look?: ButtonLook;
  size?: ButtonSize;
  icon?: LucideIcon;
  /** Label while the action runs. The button cannot be pressed again meanwhile. */
  busy?: string | false;
  /**
   * Why the member may not do this, and who can. The button keeps its place in the tab order and does
   * nothing.
   */
  whyNot?: ReactNode;
};

export function Button({ look, size, icon, busy, whyNot, children, ...button }: ButtonProps) {
  const whyId = useId();
  const styled = (isDisabled: boolean) =>
    buttonClass({ ...(look && { look }), ...(size && { size }), isDisabled });

  if (whyNot) {
    return (
      <span className="inline-grid justify-items-start gap-1.5">
        <button type="button" aria-disabled aria-describedby={whyId} className={styled(true)}>
          <Icon of={Lock} />
          {children}
        </button>
        <span id={whyId} className="text-sm text-muted">
          {whyNot}
        </span>
      </span>
    );
  }
  const isDisabled = Boolean(busy) || button.disabled === true;
  return (
    <button type="button" {...button} disabled={isDisabled} className={styled(isDisabled)}>
      {busy ? <Icon of={LoaderCircle} className="spin" /> : icon && <Icon of={icon} />}
      {busy || children}
    </button>
  );
}

/** Use one `primary` per view, and `danger` only where calls stop or something is lost. */
export type ButtonLook = "plain" | "primary" | "danger" | "quiet";
type ButtonSize = "small" | "normal" | "big";

const looks: Record<ButtonLook, string> = {
  plain: "border-line-strong bg-raised text-ink hover:bg-hover",
  primary:
    "border-ink bg-ink text-surface hover:bg-[color-mix(in_oklab,var(--ink)_86%,var(--surface))]",
  danger:
    "border-refuse bg-refuse text-on-refuse font-semibold hover:bg-[color-mix(in_oklab,var(--refuse)_88%,var(--ink))]",
  quiet: "border-transparent bg-transparent text-ink hover:bg-hover",
};
const sizes: Record<ButtonSize, string> = {
  small: "min-h-7 px-2 text-sm",
  normal: "min-h-8 px-3 text-base",
  big: "min-h-11 w-full px-3 text-md",
};
const base =
  "inline-flex items-center justify-center gap-2 rounded-md border font-medium whitespace-nowrap no-underline cursor-pointer transition-colors duration-[120ms] pointer-coarse:min-h-10 print:hidden";

/** Colors of a disabled button, in every look. */
const DISABLED = "border-line bg-sunken text-muted cursor-not-allowed hover:bg-sunken";

export const buttonClass = ({
  look = "plain",
  size = "normal",
  isDisabled = false,
}: { look?: ButtonLook; size?: ButtonSize; isDisabled?: boolean } = {}) =>
  `${base} ${sizes[size]} ${isDisabled ? DISABLED : looks[look]}`;

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

type GuardedLinkProps = {
  href: Route;
  whyNot: string | undefined;
  look?: ButtonLook;
  icon?: LucideIcon;
  children: string;
};

/** Link to a page, or a disabled button with the reason. */
export const GuardedLink = ({ whyNot, children, ...link }: GuardedLinkProps) =>
  whyNot === undefined ? (
    <ButtonLink {...link}>{children}</ButtonLink>
  ) : (
    <Button whyNot={whyNot}>{children}</Button>
  );

/** Link to create another one, or a disabled button with the reason. */
export const NewLink = (link: Omit<GuardedLinkProps, "look" | "icon">) => (
  <GuardedLink {...link} look="primary" icon={Plus} />
);

type DownloadLinkProps = Pick<ComponentProps<"a">, "onClick"> & {
  href: string;
  look?: ButtonLook;
  children: ReactNode;
};

/** Link to a file. It is not a link of Next, because prefetching would put a download on record. */
export const DownloadLink = ({ href, look = "plain", onClick, children }: DownloadLinkProps) => (
  <a href={href} download onClick={onClick} className={buttonClass({ look })}>
    <Icon of={Download} />
    {children}
  </a>
);
