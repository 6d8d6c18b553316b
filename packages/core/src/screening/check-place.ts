import type { ScreeningFacts } from "./facts.ts";
import { type Finding, refuses } from "./finding.ts";

/** Where nobody knows which clock and which law holds, nothing can be checked. */
export const checkPlace = ({ zones, jurisdictions }: ScreeningFacts): Finding[] => [
  ...(zones.length === 0
    ? [refuses({ reason: "zone-unknown", message: { key: "refusal.zone-unknown" } })]
    : []),
  ...(jurisdictions.length === 0
    ? [
        refuses({
          reason: "jurisdiction-unknown",
          message: { key: "refusal.jurisdiction-unknown" },
        }),
      ]
    : []),
];
