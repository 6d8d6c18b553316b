import type { Reason } from "./reason.ts";
import type { CheckedResponse } from "./screening-response.ts";

/** The parts of a verdict and of its facts that are compared, as far as they are on record. */
export type ComparedVerdict = {
  verdict: "allow" | "refuse";
  refusals: readonly Reason[];
  warnings: readonly Reason[];
  checked: Pick<CheckedResponse, "jurisdictions" | "zones" | "consent" | "editions" | "rules">;
};

/** The difference between two lists of reasons, either refusals or warnings. */
export type ReasonsCompared = {
  /** Reasons that were given then and are not given now. */
  gone: readonly Reason[];
  /** Reasons that are given now and were not given then. */
  added: readonly Reason[];
};

/** The differences between two verdicts on one call at one instant. */
export type VerdictDifference = {
  /** True if no other field shows a difference. `ofCampaign` does not count. */
  isSame: boolean;
  /** A verdict then that only reasons of a campaign refused counts as `allow`. */
  isOtherVerdict: boolean;
  refusals: ReasonsCompared;
  warnings: ReasonsCompared;
  /** Reasons of a campaign. They are not compared, because a what-if ignores campaigns. */
  ofCampaign: readonly Reason[];
  hasOtherPlaces: boolean;
  hasOtherZones: boolean;
  hasOtherConsent: boolean;
  /** Registries for which another edition is now on record for that instant; null for none. */
  editions: readonly { registry: string; before: number | null; now: number | null }[];
  hasOtherRules: boolean;
};

/**
 * Compares the verdict that was given with the verdict on the same call by what is known now. Two reasons are the same
 * if they have the same code, rule, registry and missing elements; their dates and words are not compared.
 */
export function compareVerdicts(then: ComparedVerdict, now: ComparedVerdict): VerdictDifference {
  const ofCampaign = then.refusals.filter(isOfCampaign);
  const comparable = then.refusals.filter((refusal) => !isOfCampaign(refusal));
  const verdictThen = ofCampaign.length > 0 && comparable.length === 0 ? "allow" : then.verdict;
  const refusals = compareReasons(comparable, now.refusals);
  const warnings = compareReasons(then.warnings, now.warnings);
  const editions = compareEditions(then, now);
  const compared = {
    isOtherVerdict: verdictThen !== now.verdict,
    hasOtherPlaces: !isSameSet(then.checked.jurisdictions, now.checked.jurisdictions),
    hasOtherZones: !isSameSet(then.checked.zones, now.checked.zones),
    hasOtherConsent: then.checked.consent?.id !== now.checked.consent?.id,
    hasOtherRules: then.checked.rules !== now.checked.rules,
  };
  const isSame =
    Object.values(compared).every((differs) => !differs) &&
    [refusals.gone, refusals.added, warnings.gone, warnings.added, editions].every(
      ({ length }) => length === 0,
    );
  return { isSame, ...compared, refusals, warnings, ofCampaign, editions };
}

/** True for a reason that comes from a campaign's own hours, cap or state (contract 18). */
const isOfCampaign = ({ rule }: Reason) => rule?.startsWith("campaign.") ?? false;

function compareReasons(then: readonly Reason[], now: readonly Reason[]): ReasonsCompared {
  const [before, after] = [new Set(then.map(reasonKey)), new Set(now.map(reasonKey))];
  return {
    gone: then.filter((reason) => !after.has(reasonKey(reason))),
    added: now.filter((reason) => !before.has(reasonKey(reason))),
  };
}

const reasonKey = ({ reason, rule, registry, missing }: Reason) =>
  JSON.stringify([reason, rule, registry, missing?.toSorted()]);

function compareEditions({ checked: then }: ComparedVerdict, { checked: now }: ComparedVerdict) {
  const byRegistry = ({ editions }: typeof then) =>
    new Map(editions.map(({ registry, edition }) => [registry, edition]));
  const [before, after] = [byRegistry(then), byRegistry(now)];
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((registry) => ({
      registry,
      before: before.get(registry) ?? null,
      now: after.get(registry) ?? null,
    }))
    .filter((edition) => edition.before !== edition.now);
}

const isSameSet = (some: readonly string[], others: readonly string[]) =>
  some.every((one) => others.includes(one)) && others.every((one) => some.includes(one));
