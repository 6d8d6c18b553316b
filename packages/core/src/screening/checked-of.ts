import type { ConsentId } from "../ids.ts";
import { type JurisdictionId, ruleSetHash, withParents } from "../jurisdiction/index.ts";
import { DAY_MS } from "../time/index.ts";
import { bestGrant } from "./best-grant.ts";
import type { ScreeningFacts } from "./facts.ts";
import { prepareFacts } from "./prepare-facts.ts";
import { registryDemands } from "./registry-demand.ts";

/** What a verdict rests on: told beside it, and put on record (contract 3). */
export type Checked = {
  at: Date;
  whatIf: boolean;
  /** Those whose rules were asked, with the places that they lie in. */
  jurisdictions: readonly JurisdictionId[];
  zones: readonly string[];
  /** The best consent in force. */
  consent: ConsentId | null;
  /** Of every registry that had to be checked and had been read. */
  editions: readonly CheckedEdition[];
  /** SHA-256 of the rule set, in hex. */
  rules: string;
};

export type CheckedEdition = {
  registry: string;
  edition: number;
  /** Rounded up, so that none looks younger than it is. */
  ageDays: number;
  limitDays: number;
};

export function checkedOf(facts: ScreeningFacts): Checked {
  const prepared = prepareFacts(facts);
  return {
    at: facts.at,
    whatIf: facts.isWhatIf,
    jurisdictions: withParents(facts.jurisdictions),
    zones: facts.zones,
    consent: bestGrant(prepared, "refuse")?.grant.consentId ?? null,
    editions: registryDemands(prepared).flatMap(({ registry, fact, limitDays }) => {
      const edition = fact?.edition;
      if (!edition || edition.verifiedAt > facts.at) return [];
      const ageDays = (facts.at.getTime() - edition.verifiedAt.getTime()) / DAY_MS;
      const rounded = Math.ceil(ageDays * 100) / 100;
      return [{ registry, edition: edition.number, ageDays: rounded, limitDays }];
    }),
    rules: ruleSetHash,
  };
}
