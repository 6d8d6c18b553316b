import { CircleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useId } from "react";
import { Icon } from "./icon";

/** Attributes that connect a control to its label, hint and fault. */
export type Wired = { id: string; "aria-describedby"?: string; "aria-invalid"?: true };

type FieldProps = {
  label: string;
  hint?: ReactNode;
  /** Says how to correct the input, not only that it is wrong. */
  fault?: string | undefined;
  isOptional?: boolean;
  /** True if the label is only for screen readers. */
  isLabelHidden?: boolean;
  children: (wired: Wired) => ReactNode;
};

/** Label, control, hint and fault. Screen readers announce hint and fault with the control. */
export function Field({ label, hint, fault, isOptional, isLabelHidden, children }: FieldProps) {
  const t = useTranslations("field");
  const id = useId();
  const [hintId, faultId] = [`${id}-hint`, `${id}-fault`];
  const describedBy = [fault && faultId, hint && hintId].filter(Boolean).join(" ");
  const wired: Wired = {
    id,
    ...(describedBy && { "aria-describedby": describedBy }),
    ...(fault && { "aria-invalid": true as const }),
  };
  return (
    <div className="grid content-start gap-1">
      <label htmlFor={id} className={isLabelHidden ? "sr-only" : "font-medium"}>
        {label}
        {isOptional && <span className="font-normal text-muted"> {t("optional")}</span>}
      </label>
      {children(wired)}
      {fault && (
        <p id={faultId} role="alert" className="flex gap-1.5 text-sm font-medium text-refuse">
          <Icon of={CircleAlert} className="mt-px" />
          {fault}
        </p>
      )}
      {hint && (
        <p id={hintId} className="text-sm text-muted">
          {hint}
        </p>
      )}
    </div>
  );
}
