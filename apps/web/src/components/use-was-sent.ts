import { type SubmitEvent, useState } from "react";
import { flushSync } from "react-dom";
import { focusFirstFault } from "./focus-first-fault";

/**
 * Tracks whether a form was submitted. Before that no field is shown as wrong; afterwards the form shows
 * its current faults, so that each disappears once it is corrected. `send` moves the focus to the first
 * fault.
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

/** Names the fields with a fault by the last part of their path; empty before the form was submitted. */
export const faultyFields = (
  wasSent: boolean,
  error: { issues: readonly { path: readonly unknown[] }[] } | undefined,
): readonly unknown[] => (wasSent ? (error?.issues.map(({ path }) => path.at(-1)) ?? []) : []);
