import { RunFault } from "../jobs/platform/run-fault.ts";

/** Faults that occur before anything is sent. */
const keys = new Set(["source.private-host", "source.credentials", "source.no-private-key"]);

/** Marks a fault of a question that was never sent, so that nothing is charged for it. */
export function withUnsentRefused(error: unknown): unknown {
  if (!(error instanceof RunFault)) return error;
  const { explanation, isTransient, isUnsent } = error;
  if (!isUnsent && !keys.has(explanation.key)) return error;
  return new RunFault(explanation, { isTransient, cause: error, outcome: { isRefused: true } });
}
