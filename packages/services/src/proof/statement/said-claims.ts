import type { Claims } from "@ringfence/core/proof/ledger";

/** Claims without those of which nothing is known. */
export const saidClaims = (claims: Claims): Claims =>
  Object.fromEntries(
    Object.entries(claims).filter(([, value]) => value !== undefined && value !== null),
  );
