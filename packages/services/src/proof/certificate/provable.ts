import type { Action } from "@ringfence/core/platform/access";

/** What has a certificate. */
export type Provable = "consent" | "opt-out" | "any";

/** Who may read a consent or a refusal by a key may have its proof; that of all is for who reads proofs. */
export const provingOf = {
  consent: "consent.prove",
  "opt-out": "opt-out.prove",
  any: "proof.read",
} as const satisfies Record<Provable, Action>;
