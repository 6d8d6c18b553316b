import type { ScopeView } from "@ringfence/core/do-not-call/opt-out";
import type { OptOutChoices } from "@ringfence/services/do-not-call/stop-page";

type Named = { kind: "all" | "seller" | "purpose" | "profiling"; name: string };

/** What was refused, and how that is called now. */
export function refusedName(scope: ScopeView, { sellers, purposes }: OptOutChoices): Named {
  if ("seller" in scope && scope.seller) {
    return { kind: "seller", name: nameOf(sellers, scope.seller) };
  }
  if ("purpose" in scope && scope.purpose) {
    return { kind: "purpose", name: nameOf(purposes, scope.purpose) };
  }
  return { kind: "profiling" in scope ? "profiling" : "all", name: "" };
}

const nameOf = (known: OptOutChoices["sellers"], key: string) =>
  known.find((one) => one.key === key)?.name ?? key;
