import { listWithParents, ruleSetHash } from "../../people/jurisdiction/index.ts";
import { DAY_MS } from "../../platform/time/index.ts";
import { findBestGrant } from "./best-grant.ts";
import type { ScreeningFacts } from "./facts.ts";
import { prepareFacts } from "./prepare-facts.ts";
import { findLatestAnswer } from "./reassigned.ts";
import type { CheckedResponse } from "./screening-response.ts";

/** Everything that a verdict rests on, without the ledger's size, which is not a fact. */
export type Checked = Omit<CheckedResponse, "ledgerSize">;

/**
 * Collects what a verdict rests on, to be returned with it and recorded (contract 3): the best consent in
 * force, the editions of all registries that had to be checked and were read, and the latest answer about
 * reassignment.
 */
export function toChecked(facts: ScreeningFacts): Checked {
  const prepared = prepareFacts(facts);
  const grant = findBestGrant(prepared, "refuse")?.grant;
  const answer = findLatestAnswer(facts.reassigned, facts.at);
  return {
    at: facts.at,
    whatIf: facts.isWhatIf,
    jurisdictions: listWithParents(facts.jurisdictions),
    zones: facts.zones,
    ...(grant && {
      consent: {
        id: grant.consentId,
        since: grant.at,
        ...(grant.validUntil && { until: grant.validUntil }),
      },
    }),
    editions: prepared.demands.flatMap(({ registry, fact, limitDays }) => {
      const edition = fact?.edition;
      if (!edition || edition.verifiedAt > facts.at) return [];
      const ageDays = toAgeDays(edition.verifiedAt, facts.at);
      return [{ registry, edition: edition.number, ageDays, limitDays }];
    }),
    ...(answer && {
      reassigned: {
        answer: answer.answer,
        consentDate: answer.consentDate,
        askedAt: answer.askedAt,
      },
    }),
    rules: ruleSetHash,
  };
}

/** Converts an age to days, rounded up to a hundredth so that nothing looks younger than it is. */
const toAgeDays = (verifiedAt: Date, at: Date) =>
  Math.ceil(((at.getTime() - verifiedAt.getTime()) / DAY_MS) * 100) / 100;
