import { RunFault } from "../jobs/platform/run-fault.ts";

/** With these we never asked. */
const keys = new Set(["source.private-host", "source.credentials", "source.no-private-key"]);

/** Has a fault say of a question that was never sent that nothing is to be paid for it. */
export function withUnsentRefused(error: unknown): unknown {
  if (!(error instanceof RunFault)) return error;
  const { explanation, isTransient, isUnsent } = error;
  if (!isUnsent && !keys.has(explanation.key)) return error;
  return new RunFault(explanation, { isTransient, cause: error, outcome: { isRefused: true } });
}
