import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

type MoreFieldsProps = {
  /** Says what holds while nothing here is changed. */
  note: ReactNode;
  children: ReactNode;
};

/** Fields that are rarely needed, folded under "Advanced". `focusFirstFault` unfolds those with a fault. */
export function MoreFields({ note, children }: MoreFieldsProps) {
  const t = useTranslations("field");
  return (
    <details className="more">
      <summary>
        {t("advanced")}
        <small>{note}</small>
      </summary>
      <div>{children}</div>
    </details>
  );
}

/** Heading of a group of such fields. */
export const MoreTitle = ({ children }: { children: string }) => (
  <h2 className="mt-2 text-base">{children}</h2>
);
