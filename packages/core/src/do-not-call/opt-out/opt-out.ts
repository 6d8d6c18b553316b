import { z } from "zod";
import type { SellerId } from "../../platform/ids.ts";
import { type PurposeKey, covers } from "../../account/purpose/index.ts";

/** Where a refusal came from. */
export const OptOutChannel = z.enum([
  "agent",
  "web",
  "sms",
  "ivr",
  "email",
  "disposition",
  "api",
  "import",
  "regulator",
]);
export type OptOutChannel = z.infer<typeof OptOutChannel>;

/** What a person refuses. `profiling` alone leaves calls possible. */
export type OptOutScope =
  | { scope: "all" }
  | { scope: "seller"; sellerId: SellerId }
  | { scope: "purpose"; purpose: PurposeKey }
  | { scope: "profiling" };

/** A refusal on record, of any phone of the person. */
export type OptOut = OptOutScope & {
  /** Since when it holds; one on record counts whatever stands here (contract 2). */
  at: Date;
  recordedAt: Date;
};

/** Whether a refusal is about calls of this seller for this purpose. `profiling` is about none. */
export function coversCall(optOut: OptOut, call: { sellerId: SellerId; purpose: PurposeKey }) {
  switch (optOut.scope) {
    case "all":
      return true;
    case "seller":
      return optOut.sellerId === call.sellerId;
    case "purpose":
      return covers(optOut.purpose, call.purpose);
    case "profiling":
      return false;
  }
}

type ScopeRow = {
  scope: OptOutScope["scope"];
  sellerId: SellerId | null;
  purpose: PurposeKey | null;
};

/** What a row says is refused; what lacks its seller or its purpose refuses all calls. */
export function toScope({ scope, sellerId, purpose }: ScopeRow): OptOutScope {
  if (scope === "seller" && sellerId !== null) return { scope, sellerId };
  if (scope === "purpose" && purpose !== null) return { scope, purpose };
  return { scope: scope === "profiling" ? scope : "all" };
}
