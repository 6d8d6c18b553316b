import type { ScopeTold } from "@ringfence/core/do-not-call/opt-out";
import type { OfferedRefusal } from "@ringfence/services/do-not-call/opt-out";

type Named = { kind: "all" | "seller" | "purpose" | "profiling"; name: string };

/** What was refused, and how that is called now. */
export function refusedName(scope: ScopeTold, { sellers, purposes }: OfferedRefusal): Named {
  if ("seller" in scope && scope.seller) {
    return { kind: "seller", name: nameOf(sellers, scope.seller) };
  }
  if ("purpose" in scope && scope.purpose) {
    return { kind: "purpose", name: nameOf(purposes, scope.purpose) };
  }
  return { kind: "profiling" in scope ? "profiling" : "all", name: "" };
}

const nameOf = (known: OfferedRefusal["sellers"], key: string) =>
  known.find((one) => one.key === key)?.name ?? key;
