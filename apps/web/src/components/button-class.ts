/** Use one `primary` per view, and `danger` only where calls stop or something is lost. */
export type ButtonLook = "plain" | "primary" | "danger" | "quiet";
export type ButtonSize = "small" | "normal" | "big";

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
  "inline-flex items-center justify-center gap-2 rounded-md border font-medium whitespace-nowrap no-underline cursor-pointer transition-colors duration-[120ms] pointer-coarse:min-h-10";

/** Colors of a disabled button, in every look. */
export const DISABLED = "border-line bg-sunken text-muted cursor-not-allowed hover:bg-sunken";

export const buttonClass = ({
  look = "plain",
  size = "normal",
  isDisabled = false,
}: { look?: ButtonLook; size?: ButtonSize; isDisabled?: boolean } = {}) =>
  `${base} ${sizes[size]} ${isDisabled ? DISABLED : looks[look]}`;
