import type { SellerId } from "../../platform/ids.ts";
import { type PurposeKey, covers } from "../../account/purpose/index.ts";
import type { OptOut } from "./opt-out.ts";

/** Whether a refusal is about calls of this seller for this purpose. `profiling` is about none. */
export function refusesCall(optOut: OptOut, call: { sellerId: SellerId; purpose: PurposeKey }) {
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
