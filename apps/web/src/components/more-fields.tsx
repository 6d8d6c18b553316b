"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef } from "react";

type MoreFieldsProps = {
  /** "Advanced" by default. */
  title?: string;
  /** Says what holds while nothing here is changed. */
  note: ReactNode;
  /** True while a field in it has a fault that shows before the form is sent. */
  isFaulty?: boolean;
  children: ReactNode;
};

/**
 * Fields that are rarely needed, folded. A fault unfolds them: `focusFirstFault` for those that sending the
 * form finds, and `onInvalid` for those of the browser, which cannot show them in a closed fold.
 */
export function MoreFields({ title, note, isFaulty = false, children }: MoreFieldsProps) {
  const t = useTranslations("field");
  const fold = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    if (isFaulty && fold.current) fold.current.open = true;
  }, [isFaulty]);
  return (
    <details
      ref={fold}
      className="more"
      onInvalidCapture={({ currentTarget }) => {
        currentTarget.open = true;
      }}
    >
      <summary>
        {title ?? t("advanced")}
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
