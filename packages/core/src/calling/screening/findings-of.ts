import { checkCap } from "./check-cap.ts";
import { checkConsent } from "./check-consent.ts";
import { checkDialer } from "./check-dialer.ts";
import { checkDuties } from "./check-duties.ts";
import { checkHours } from "./check-hours.ts";
import { checkOptOut } from "./check-opt-out.ts";
import { checkPlace } from "./check-place.ts";
import { checkReassigned } from "./check-reassigned.ts";
import { checkRegistries } from "./check-registries.ts";
import { checkRunning } from "./check-running.ts";
import { checkSector } from "./check-sector.ts";
import { checkSuppression } from "./check-suppression.ts";
import type { ScreeningFacts } from "./facts.ts";
import type { Finding } from "./finding.ts";
import { prepareFacts } from "./prepare-facts.ts";

/** In the order of their reasons. */
const checks = [
  checkOptOut,
  checkSuppression,
  checkConsent,
  checkReassigned,
  checkRegistries,
  checkDialer,
  checkSector,
  checkCap,
  checkHours,
  checkPlace,
  checkDuties,
  checkRunning,
];

/** All that every check finds. */
export function findingsOf(facts: ScreeningFacts): readonly Finding[] {
  const prepared = prepareFacts(facts);
  return checks.flatMap((check) => check(prepared));
}

export const refusalsIn = (findings: readonly Finding[]) =>
  findings.filter(({ effect }) => effect === "refuse").map(({ refusal }) => refusal);
export const warningsIn = (findings: readonly Finding[]) =>
  findings.filter(({ effect }) => effect === "warn").map(({ refusal }) => refusal);
