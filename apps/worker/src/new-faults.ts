import type { Message } from "@ringfence/core/platform/message";

/** Returns a function that reports a repeated fault once, and not at every attempt. */
export function createNewFaultReport(report: (fault: Message) => void) {
  let reported: string | null = null;
  return (fault: Message | null) => {
    const saying = fault && JSON.stringify(fault);
    if (fault !== null && saying !== reported) report(fault);
    reported = saying;
  };
}
