import type { Refusal } from "./reason.ts";

/** What `screen` decides: allowed exactly when nothing refuses. All reasons, in their order. */
export type Verdict = {
  verdict: "allow" | "refuse";
  refusals: readonly Refusal[];
  warnings: readonly Refusal[];
  /** The first instant at which waiting alone gives leave; null where some refusal does not end so. */
  callableFrom: Date | null;
};
