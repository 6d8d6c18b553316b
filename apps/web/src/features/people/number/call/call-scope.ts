import type { RecordOptOut } from "@ringfence/core/do-not-call/opt-out";

/** The seller and the purpose of the call. */
export type CallAbout = {
  organization: string;
  seller: { id: string; name: string };
  purpose: { key: string; name: string };
};

export const callScopes = ["all", "seller", "purpose"] as const;
export type CallScope = (typeof callScopes)[number];

export const scopeName = (scope: CallScope, about: CallAbout) =>
  ({ all: about.organization, seller: about.seller.name, purpose: about.purpose.name })[scope];

/** Returns the scope to record. */
export function toOptOutScope(
  scope: CallScope,
  { seller, purpose }: CallAbout,
): NonNullable<RecordOptOut["scope"]> {
  if (scope === "seller") return { seller: seller.id };
  return scope === "purpose" ? { purpose: purpose.key } : {};
}
