import { LoaderCircle, Lock, type LucideIcon } from "lucide-react";
import { type ComponentProps, type ReactNode, useId } from "react";
import { type ButtonLook, type ButtonSize, buttonClass } from "./button-class";
import { Icon } from "./icon";

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
