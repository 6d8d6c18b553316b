import { listWithParents } from "../../people/jurisdiction/index.ts";
import { DAY_MS } from "../../platform/time/index.ts";
import { findBestGrant } from "./best-grant.ts";
import { type ScreeningFacts, listViews, viewUnderOwnLaw } from "./facts.ts";
import { prepareFacts } from "./prepare-facts.ts";
import { findLatestAnswer } from "./reassigned.ts";
import type { RegistryDemand } from "./registry-demand.ts";
import type { CheckedResponse } from "./screening-response.ts";

/** Everything that a verdict rests on, without the ledger's size, which is not a fact. */
export type Checked = Omit<CheckedResponse, "ledgerSize">;

/**
 * Collects what a verdict rests on, to be returned with it and recorded (contract 3): the best consent in force, even
 * if it lacks something; the editions of all registries that had to be checked and were read, even if they are too old;
 * and the latest answer about reassignment.
 */
export function toChecked(facts: ScreeningFacts): Checked {
  const grant = (
    findBestGrant(prepareFacts(viewUnderOwnLaw(facts)), "refuse") ??
    findBestGrant(prepareFacts(facts), "refuse")
  )?.grant;
  const answer = findLatestAnswer(facts.reassigned, facts.at);
  return {
    at: facts.at,
    whatIf: facts.isWhatIf,
    jurisdictions: listWithParents(facts.law, facts.jurisdictions),
    zones: facts.zones,
    ...(grant && {
      consent: {
        id: grant.consentId,
        since: grant.at,
        ...(grant.validUntil && { until: grant.validUntil }),
      },
    }),
    editions: listDemands(facts).flatMap(({ registry, fact, limitDays }) => {
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
    rules: facts.ruleSet,
    ...(facts.ownLaw && { policies: facts.ownLaw.policies.map(({ hash }) => hash) }),
  };
}

/** Lists each registry once that a law demands, with the strictest limit. */
function listDemands(facts: ScreeningFacts): readonly RegistryDemand[] {
  if (facts.keptLaw === null && facts.ownLaw === null) return prepareFacts(facts).demands;
  const demands = listViews(facts).flatMap((view) => prepareFacts(view).demands);
  return [...Map.groupBy(demands, ({ registry }) => registry).values()].flatMap((same) =>
    same.toSorted((a, b) => a.limitDays - b.limitDays).slice(0, 1),
  );
}

/** Converts an age to days, rounded up to a hundredth so that nothing looks younger than it is. */
const toAgeDays = (verifiedAt: Date, at: Date) =>
  Math.ceil(((at.getTime() - verifiedAt.getTime()) / DAY_MS) * 100) / 100;
