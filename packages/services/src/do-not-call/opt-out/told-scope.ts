import type { SellerId } from "@ringfence/core/ids";
import type { OptOutScope } from "@ringfence/core/do-not-call/opt-out";

/** What is refused, as requests write it; `{}` is all calls. */
export type ToldScope =
  | { seller: string }
  | { purpose: string }
  | { profiling: true }
  | Record<string, never>;

/** A refusal's scope as its row holds it. */
type ScopeOnRecord = {
  scope: OptOutScope["scope"];
  sellerId?: string | null;
  purpose?: string | null;
};

export function toldScope(
  sellers: readonly { id: SellerId; key: string }[],
  { scope, sellerId, purpose }: ScopeOnRecord,
): ToldScope {
  switch (scope) {
    case "seller":
      return { seller: sellers.find(({ id }) => id === sellerId)?.key ?? String(sellerId) };
    case "purpose":
      return { purpose: String(purpose) };
    case "profiling":
      return { profiling: true };
    case "all":
      return {};
  }
}
