import type { Dialer } from "../../account/organization/index.ts";
import type { SellerId } from "../../platform/ids.ts";
import {
  type DialerKind,
  type JurisdictionId,
  type Rule,
  type RuleBook,
  deriveFromBook,
  findAllowLists,
} from "../../people/jurisdiction/index.ts";
import type { PolicyRule } from "./policy-rule.ts";

/*
 * Turns a policy into rules of the same types as those of law, so that the same checks judge by both. The law with
 * these rules added judges each call in addition to the law itself (`ScreeningFacts.ownLaw`): what either refuses is
 * refused. Therefore no policy can allow a call, however its rules act upon those of law.
 */

/** A policy, of the organization or of one seller: one in force, or a draft whose effect is computed. */
export type OwnPolicy = {
  /** SHA-256 of its document. */
  hash: string;
  /** The only seller whose calls it limits; null for all of the organization. */
  sellerId: SellerId | null;
  rules: readonly PolicyRule[];
};

/** Selects the policies that apply to the calls of a seller. Those without rules change nothing. */
export const selectPolicies = (
  policies: readonly OwnPolicy[],
  seller: SellerId,
): readonly OwnPolicy[] =>
  policies.filter(
    ({ sellerId, rules }) => rules.length > 0 && (sellerId === null || sellerId === seller),
  );

/** Puts a policy in the place of the one for the same seller, or adds it. */
export const replacePolicy = (
  policies: readonly OwnPolicy[],
  policy: OwnPolicy,
): readonly OwnPolicy[] => [
  ...policies.filter(({ sellerId }) => sellerId !== policy.sellerId),
  policy,
];

/** Books with the rules of policies, by the hashes of these. An organization has few, and publishes seldom. */
const getBookCache = deriveFromBook(() => new Map<string, RuleBook>());
const MAX_CACHED = 256;

/**
 * Returns the law with the rules of policies added. The same book and policies give the same object while it is cached,
 * so that what is derived from a book (`deriveFromBook`) is derived once.
 */
export function addOwnRules(book: RuleBook, policies: readonly OwnPolicy[]): RuleBook {
  const cache = getBookCache(book);
  const key = JSON.stringify(policies.map(({ hash, sellerId }) => [hash, sellerId]));
  const known = cache.get(key);
  if (known !== undefined) return known;
  const own = policies.flatMap((policy) => toRules(book, policy));
  const found: RuleBook = { ...book, rules: [...book.rules, ...own] };
  if (cache.size === MAX_CACHED) cache.clear();
  cache.set(key, found);
  return found;
}

/** Returns the name under which a rule of a policy appears in reasons: `policy.cap-1`, `policy.seller.cap-1`. */
export const toOwnRuleId = (
  { sellerId }: Pick<OwnPolicy, "sellerId">,
  { id }: Pick<PolicyRule, "id">,
): string => (sellerId === null ? `policy.${id}` : `policy.seller.${id}`);

/** Converts a policy to rules: each rule of the policy becomes one for each of its places. */
export const toRules = (book: RuleBook, policy: OwnPolicy): Rule[] =>
  policy.rules.flatMap((rule) =>
    listPlacesOfRule(book, rule).map((place) =>
      toRule(book, place, rule, toOwnRuleId(policy, rule)),
    ),
  );

/**
 * Lists the places to which a rule is added: those that it names, the places whose law names its registry, or every
 * country. Their parts follow, because a call obeys the rules of all places that contain it.
 *
 * If the law data no longer has a place, or the registry, the rule is not dropped: it applies to the country in which
 * the place lies, or to every country. That refuses more than intended, until an officer has changed the policy.
 */
function listPlacesOfRule(book: RuleBook, rule: PolicyRule): readonly JurisdictionId[] {
  if (rule.places !== null) {
    const known = rule.places.flatMap((place): readonly JurisdictionId[] => {
      if (book.jurisdictions.has(place)) return [place];
      const country = place.slice(0, 2);
      return book.jurisdictions.has(country) ? [country] : listCountries(book);
    });
    return [...new Set(known)];
  }
  return rule.kind === "registry"
    ? (findPlacesByRegistry(book).get(rule.registry) ?? listCountries(book))
    : listCountries(book);
}

/** Lists the places and registries that policies name but the law data no longer has. */
export const listUnknownNames = (
  book: RuleBook,
  policies: readonly Pick<OwnPolicy, "rules">[],
): readonly string[] => {
  const names = policies.flatMap(({ rules }) =>
    rules.flatMap((rule): readonly string[] => {
      if (rule.places !== null)
        return rule.places.filter((place) => !book.jurisdictions.has(place));
      const isUnknown = rule.kind === "registry" && !findPlacesByRegistry(book).has(rule.registry);
      return isUnknown ? [rule.registry] : [];
    }),
  );
  return [...new Set(names)].toSorted();
};

const listCountries = deriveFromBook((book) => {
  const ids = [...book.jurisdictions.keys()].filter((id) => !id.includes("-"));
  const unions = new Set(ids.flatMap((id) => book.jurisdictions.get(id)?.parent ?? []));
  return ids.filter((id) => !unions.has(id));
});

/** Places whose law names each registry. */
export const findPlacesByRegistry = deriveFromBook(({ rules }) => {
  const places = new Map<string, Set<JurisdictionId>>();
  for (const rule of rules) {
    if (rule.type !== "registry_scrub" || rule.source === "policy") continue;
    const named = places.get(rule.value.registry) ?? new Set();
    places.set(rule.value.registry, named.add(rule.jurisdiction));
  }
  return new Map([...places].map(([registry, named]) => [registry, [...named]] as const));
});

/** Kinds of dialer in the rules of law that each of ours is. */
const dialerKinds: Record<Dialer, readonly DialerKind[]> = {
  live_agent: ["manual", "preview"],
  predictive: ["predictive"],
  prerecorded: ["prerecorded"],
  ai_voice: ["ai_voice"],
};

function toRule(book: RuleBook, jurisdiction: JurisdictionId, rule: PolicyRule, id: string): Rule {
  const { purposes, dialers } = rule;
  const common = {
    id,
    jurisdiction,
    source: "policy" as const,
    status: "in_force" as const,
    effect: "block" as const,
    when: {
      ...(purposes !== null && { purpose: purposes }),
      ...(dialers !== null && { dialer: dialers.flatMap((dialer) => dialerKinds[dialer]) }),
    },
    citation: "",
    effectiveFrom: null,
    effectiveTo: null,
    // No officer can let it warn instead, as they can a rule of law of mark C.
    confidence: "A" as const,
    sources: [],
  };
  const hours = {
    days_not_listed: "prohibited",
    tz_basis: "called_party_location",
    unknown_zone: "block_unless_inside_in_every_candidate_zone",
  } as const;
  switch (rule.kind) {
    case "hours": {
      const holidays = rule.holidaysClosed
        ? ({ mode: "prohibited", calendar: jurisdiction.slice(0, 2) } as const)
        : ({ mode: "allowed", calendar: null } as const);
      const value = { ...hours, windows: rule.windows, holidays };
      return { ...common, type: "calling_hours", value };
    }
    case "closed-days": {
      const holidays = { mode: "allowed", calendar: null } as const;
      const value = { ...hours, windows: [], holidays };
      const dates = { effectiveFrom: rule.first, effectiveTo: rule.last };
      return { ...common, ...dates, type: "calling_hours", value };
    }
    case "cap": {
      const scope = "per_consumer_same_subject" as const;
      const value = { max: rule.calls, window: `P${rule.days}D`, scope };
      return { ...common, type: "frequency_cap", value };
    }
    case "consent":
      return { ...common, type: "consent_model", value: { model: "opt_in" } };
    case "consent-age":
      return { ...common, type: "consent_expiry", value: { duration: `P${rule.months}M` } };
    case "cool-off":
      return { ...common, type: "consent_expiry", value: { reask_after_optout: `P${rule.days}D` } };
    case "proof": {
      const form = rule.written ? ({ form: "written_signed" } as const) : {};
      const value = { ...form, required_elements: rule.elements };
      return { ...common, type: "consent_elements", value };
    }
    case "dialer":
      return { ...common, type: "dialer_restriction", value: { prohibited: rule.dialers } };
    case "registry": {
      const { registry, maxAgeDays } = rule;
      const value = {
        registry,
        lifted_by_consent: null,
        ...(findAllowLists(book).has(registry) && { polarity: "allow" as const }),
        ...(maxAgeDays !== null && { max_age: `P${maxAgeDays}D` }),
      };
      return { ...common, type: "registry_scrub", value };
    }
  }
}
