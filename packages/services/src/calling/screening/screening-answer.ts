import type { Phone } from "@ringfence/core/people/phone";
import type { CheckedTold, Refusal } from "@ringfence/core/calling/screening";

/** The answer of a screening (contract 3), with messages where a door puts sentences. */
export type ScreeningAnswer = {
  id: string;
  /** Null when what was sent is no number. */
  phone: Phone | null;
  verdict: "allow" | "refuse";
  refusals: readonly Refusal[];
  warnings: readonly Refusal[];
  callableFrom?: Date;
  permit?: string;
  expiresAt?: Date;
  checked: CheckedTold;
};
