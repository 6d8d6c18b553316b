import type { Refusal } from "@ringfence/core/screening";

/**
 * What the fence reads of the answer of a screening (contract 3); `ScreeningAnswer` of services is
 * one. `checked` is missing where nothing could be checked, as in the answer `cannot-check`.
 */
export type ScreeningAnswer = {
  phone: string | null;
  verdict: "allow" | "refuse";
  refusals: readonly Refusal[];
  warnings: readonly Refusal[];
  checked?: {
    at: Date;
    jurisdictions: readonly string[];
    zones: readonly string[];
    consent?: { since: Date; until?: Date | undefined } | undefined;
    editions: readonly Edition[];
    /** SHA-256 of the rule set. */
    rules?: string;
  };
};

export type Edition = { registry: string; edition: number; ageDays: number; limitDays: number };
