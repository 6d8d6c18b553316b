import { type RefObject, useEffect } from "react";

/**
 * Moves focus and view to the first group of a form that has a fault, each time the form is sent with faults.
 * `sent` is another value each time.
 */
export function useFaultFocus(form: RefObject<HTMLFormElement | null>, sent: unknown) {
  useEffect(() => {
    const group = form.current?.querySelector("fieldset:has([role=alert])");
    group?.querySelector("input")?.focus({ preventScroll: true });
    group?.scrollIntoView({ block: "center" });
  }, [form, sent]);
}
