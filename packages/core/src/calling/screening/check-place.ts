import { ruleBook } from "../../people/jurisdiction/index.ts";
import type { ScreeningFacts } from "./facts.ts";
import { type Finding, refuses } from "./reason.ts";

/** Refuses a call if the time zone, or the law of any of its places, is unknown. */
export function checkPlace({ zones, jurisdictions }: ScreeningFacts): Finding[] {
  const isKnown =
    jurisdictions.length > 0 && jurisdictions.every((place) => ruleBook.jurisdictions.has(place));
  return [
    ...(zones.length > 0 ? [] : [unknown("zone-unknown")]),
    ...(isKnown ? [] : [unknown("jurisdiction-unknown")]),
  ];
}

const unknown = (reason: "zone-unknown" | "jurisdiction-unknown") =>
  refuses({ reason, message: { key: `refusal.${reason}` } });
