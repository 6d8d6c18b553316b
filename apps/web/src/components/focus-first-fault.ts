const FAULTY = "[aria-invalid=true], fieldset:has([role=alert]) input";

/** Moves focus and view to the first field, or group of boxes, of a form that has a fault. */
export function focusFirstFault(form: Element | null | undefined) {
  const first = form?.querySelector<HTMLElement>(FAULTY);
  first?.focus({ preventScroll: true });
  first?.scrollIntoView({ block: "center" });
}
