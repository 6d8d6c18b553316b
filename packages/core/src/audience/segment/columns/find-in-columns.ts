import { type KnownSegments, isByBehavior, nodesThrough } from "../rule-references.ts";
import { type Deed, type Rule, isGroup } from "../rule.ts";
import type { Asked, Columns, Mask } from "./columns.ts";
import { matchConsent } from "./match-consent.ts";
import {
  matchCalls,
  matchOccasion,
  matchRanking,
  matchSequence,
  matchTally,
} from "./match-activities.ts";
import { matchAttribute, matchPreference } from "./match-values.ts";

/** Whether all that a rule asks is kept in columns. */
export const isInColumns = ({ tooWide }: Columns, rule: Rule, segments: KnownSegments): boolean =>
  tooWide.size === 0 ||
  !nodesThrough(rule, segments).some((node) => namesIn(node).some((name) => tooWide.has(name)));

const namesOfDeed = ({ type, where = [] }: Deed) =>
  where.map(({ property }) => `${type}/${property}`);

function namesIn(node: Rule): string[] {
  if (node.is === "attribute") return [`field/${node.field}`];
  if (node.is === "preference") return [`topic/${node.topic}`];
  if (node.is === "activity" || node.is === "occasion") return namesOfDeed(node.did);
  if (node.is === "sequence") return [...namesOfDeed(node.first), ...namesOfDeed(node.next)];
  return [];
}

/** Who is meant of those who have not changed since, as `membersOf` has it. */
export function findInColumns(columns: Columns, rule: Rule, asked: Asked): Mask {
  const everybody = new Uint8Array(columns.ordinals.length).fill(1);
  const unchanged = minus(everybody, asked.changed);
  const isRefusable = isByBehavior(rule, asked.segments);
  const among = isRefusable ? minus(unchanged, columns.refused) : unchanged;
  return match(columns, rule, asked, among);
}

/** Of some, those that a rule means. Whoever is out already is not looked at. */
function match(columns: Columns, rule: Rule, asked: Asked, among: Mask): Mask {
  switch (rule.is) {
    case "all":
      return rule.of
        .toSorted((a, b) => costOf(a) - costOf(b))
        .reduce((left, inner) => match(columns, inner, asked, left), among);
    case "any":
      return matchAny(columns, rule.of, asked, among);
    case "none":
      return minus(among, matchAny(columns, rule.of, asked, among));
    case "attribute":
      return matchAttribute(columns, rule, asked, among);
    case "activity":
      return matchTally(columns, rule, asked, among);
    case "occasion":
      return matchOccasion(columns, rule, asked, among);
    case "sequence":
      return matchSequence(columns, rule, asked, among);
    case "ranking":
      return matchRanking(columns, rule, asked, among);
    case "consent":
      return matchConsent(columns, rule, asked, among);
    case "preference":
      return matchPreference(columns, rule, among);
    case "calls":
      return matchCalls(columns, rule, asked, among);
    case "segment": {
      const other = asked.segments.get(rule.segment);
      return other ? match(columns, other.rule, asked, among) : new Uint8Array(among.length);
    }
  }
}

function matchAny(columns: Columns, rules: readonly Rule[], asked: Asked, among: Mask): Mask {
  const found = new Uint8Array(among.length);
  let left = among;
  for (const rule of rules) {
    const more = match(columns, rule, asked, left);
    for (let place = 0; place < more.length; place++) {
      found[place] = (found[place] ?? 0) | (more[place] ?? 0);
    }
    left = minus(left, more);
  }
  return found;
}

function minus(mask: Mask, others: Mask): Mask {
  const left = new Uint8Array(mask.length);
  for (let place = 0; place < mask.length; place++) {
    left[place] = (mask[place] ?? 0) & ~(others[place] ?? 0);
  }
  return left;
}

const cost: Record<Exclude<Rule["is"], "all" | "any" | "none">, number> = {
  attribute: 1,
  preference: 1,
  consent: 2,
  calls: 3,
  occasion: 3,
  activity: 4,
  segment: 5,
  sequence: 6,
  ranking: 7,
};

/** What leaves out many for little comes first, so that the others look at few. */
const costOf = (rule: Rule): number =>
  isGroup(rule) ? Math.max(0, ...rule.of.map(costOf)) : cost[rule.is];
