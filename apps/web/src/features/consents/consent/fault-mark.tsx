/**
 * Inside a form: moves focus and view to the first group that has a fault. Give it another `key` each time the
 * form is sent.
 */
export const FaultMark = () => <span hidden ref={focusFirstFault} />;

function focusFirstFault(mark: HTMLElement | null) {
  const group = mark?.closest("form")?.querySelector("fieldset:has([role=alert])");
  group?.querySelector("input")?.focus({ preventScroll: true });
  group?.scrollIntoView({ block: "center" });
}
