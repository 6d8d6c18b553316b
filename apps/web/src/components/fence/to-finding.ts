import type { ReasonResponse } from "@ringfence/core/calling/screening";
import type { Finding, GateName } from "./gate";
import type { ScreeningAnswer } from "./screening-answer";

/** Finds the short text below a gate: since when, until when, or where. */
export function toFinding(
  { checked }: ScreeningAnswer,
  name: GateName,
  reasons: readonly ReasonResponse[],
): Finding {
  const until = reasons.find((reason) => reason.until !== undefined)?.until;
  const since = reasons.find((reason) => reason.since !== undefined)?.since;
  if (until !== undefined) return { is: "until", instant: until };
  if (since !== undefined) return { is: "since", instant: since };
  if (checked === undefined || reasons.length > 0) return { is: "state" };

  if (name === "consent" && checked.consent) {
    return { is: "since", instant: checked.consent.since };
  }
  if (name === "zone" && checked.zones.length > 0) return { is: "zones", zones: checked.zones };
  if (name === "jurisdiction" && checked.jurisdictions.length > 0) {
    return { is: "names", names: checked.jurisdictions };
  }
  return { is: "state" };
}
