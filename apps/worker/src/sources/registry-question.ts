import { RunFault } from "../jobs/platform/run-fault.ts";

/** Answers of a registry about a number. */
export type ListingAnswer = "free" | "listed" | "invalid";

export type RegistryQuestion = {
  /** Reference by which the registry knows this question, also when it is asked again. */
  reference: string;
  /** Digits of E.164, without the plus. */
  numbers: readonly string[];
  /** True if they were sent before and no answer came. */
  isAgain: boolean;
};

/** Faults that occur before anything is sent. */
const keys = new Set(["source.private-host", "source.credentials", "source.no-private-key"]);

/**
 * Marks a fault of a question that was never sent as refused (`RunFault`), because nothing is charged for it. Returns
 * others as they are.
 */
export function markUnsent(error: unknown): unknown {
  if (!(error instanceof RunFault)) return error;
  const { explanation, isTransient, isUnsent } = error;
  if (!isUnsent && !keys.has(explanation.key)) return error;
  return new RunFault(explanation, { isTransient, cause: error, outcome: { isRefused: true } });
}
