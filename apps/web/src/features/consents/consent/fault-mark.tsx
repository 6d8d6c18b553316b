import { focusFirstFault } from "@/components/focus-first-fault";

/**
 * Inside a form: moves focus and view to the first fault. Give it another `key` each time the form is sent.
 */
export const FaultMark = () => (
  <span hidden ref={(mark) => focusFirstFault(mark?.closest("form"))} />
);
