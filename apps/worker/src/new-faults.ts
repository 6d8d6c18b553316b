import type { Message } from "@ringfence/core/platform/message";

/**
 * Returns a function that takes the fault of each attempt, null if it succeeded, and reports a fault only if it differs
 * from that of the attempt before.
 */
export function createNewFaultReport(report: (fault: Message) => void) {
  let reported: string | null = null;
  return (fault: Message | null) => {
    const saying = fault && JSON.stringify(fault);
    if (fault !== null && saying !== reported) report(fault);
    reported = saying;
  };
}
