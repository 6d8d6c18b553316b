import { type SubmitEvent, useState } from "react";
import { flushSync } from "react-dom";
import { focusFirstFault } from "./focus-first-fault";

/**
 * Whether a form was sent. Nothing in it is called wrong before; from then on a form shows the faults that it
 * has now, so that each goes as soon as it is mended. `send` moves focus and view to the first.
 */
export function useWasSent() {
  const [wasSent, setWasSent] = useState(false);
  const send = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    flushSync(() => setWasSent(true));
    focusFirstFault(event.currentTarget);
  };
  return { wasSent, send, startOver: () => setWasSent(false) };
}

/** The fields that have a fault, each by the last part of its path; none before the form was sent. */
export const faultyFields = (
  wasSent: boolean,
  error: { issues: readonly { path: readonly unknown[] }[] } | undefined,
): readonly unknown[] => (wasSent ? (error?.issues.map(({ path }) => path.at(-1)) ?? []) : []);
