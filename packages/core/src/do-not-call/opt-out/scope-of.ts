import type { SellerId } from "../../platform/ids.ts";
import type { PurposeKey } from "../../account/purpose/index.ts";
import type { OptOutScope } from "./opt-out.ts";

type ScopeRow = {
  scope: OptOutScope["scope"];
  sellerId: SellerId | null;
  purpose: PurposeKey | null;
};

/** What a row says is refused; what lacks its seller or its purpose refuses all calls. */
export function scopeOf({ scope, sellerId, purpose }: ScopeRow): OptOutScope {
  if (scope === "seller" && sellerId !== null) return { scope, sellerId };
  if (scope === "purpose" && purpose !== null) return { scope, purpose };
  return { scope: scope === "profiling" ? scope : "all" };
}
