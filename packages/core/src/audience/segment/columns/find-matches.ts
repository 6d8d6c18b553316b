import { covers } from "../../../account/purpose/index.ts";
import type { ActivityCondition, ConditionOfKind } from "../rule.ts";
import {
  CALL_OUTCOME,
  type ColumnContext,
  type Columns,
  type ConsentTerms,
  type Mask,
} from "./columns.ts";
import type { CompiledCondition, CompiledNode, CompiledRule } from "../compile-rule.ts";
import {
  matchActivityTotal,
  matchCalls,
  matchOccasion,
  matchRanking,
  matchSequence,
} from "./match-activities.ts";
import { matchAttribute, matchPreference } from "./match-values.ts";

const [MOOT, YES, NO] = [0, 1, 2];
const GRANTED = 1;
const EXPIRED = 2;
const WITHDRAWN = 3;
const statusCodes = { granted: GRANTED, expired: EXPIRED, withdrawn: WITHDRAWN } as const;

/**
 * Matches people by the consent status of any of their phones, as `determineStanding` defines it: the latest event
 * decides, of two at the same time the more restrictive, and an invalidated grant does not count. Unlike a screening,
 * it counts every recorded event, also an enquiry and one with a forged MAC, and no opt-out: it allows no call.
 */
function matchConsent(
  { consents }: Columns,
  rule: ConditionOfKind<"consent">,
  { now }: ColumnContext,
  among: Mask,
): Mask {
  const { first, begins, at, until, voidSince, terms, termsByCode } = consents;
  const meaning = Uint8Array.from(termsByCode, (one) => readMeaning(one, rule));
  const time = now.getTime();
  const wanted = statusCodes[rule.standing];
  const found = new Uint8Array(among.length);
  for (let person = 0; person < among.length; person++) {
    if (among[person] !== 1) continue;
    const end = first[person + 1] ?? 0;
    let [grantedAt, endsAt, refusedAt] = [-Infinity, Infinity, -Infinity];
    for (let row = first[person] ?? 0; row < end; row++) {
      if (begins[row] === 1) {
        if (decideStatus(grantedAt, endsAt, refusedAt, time) === wanted) break;
        [grantedAt, endsAt, refusedAt] = [-Infinity, Infinity, -Infinity];
      }
      const means = meaning[terms[row] ?? 0];
      const eventAt = at[row] ?? 0;
      if (means === MOOT || eventAt > time) continue;
      if (means === NO) refusedAt = Math.max(refusedAt, eventAt);
      else if ((voidSince[row] ?? 0) > time && eventAt >= grantedAt) {
        endsAt = eventAt > grantedAt ? (until[row] ?? 0) : Math.min(endsAt, until[row] ?? 0);
        grantedAt = eventAt;
      }
    }
    if (decideStatus(grantedAt, endsAt, refusedAt, time) === wanted) found[person] = 1;
  }
  return found;
}

function decideStatus(grantedAt: number, endsAt: number, refusedAt: number, now: number): number {
  if (refusedAt > -Infinity && grantedAt <= refusedAt) return WITHDRAWN;
  if (grantedAt === -Infinity) return 0;
  return endsAt <= now ? EXPIRED : GRANTED;
}

/** Reads what an event means for the seller, purpose and channel in question. */
function readMeaning(
  { type, sellerId, purposes, channels }: ConsentTerms,
  { seller, purpose, channel }: ConditionOfKind<"consent">,
): number {
  const isAbout =
    sellerId === seller &&
    channels.includes(channel) &&
    purposes.some((node) => covers(node, purpose));
  if (!isAbout) return MOOT;
  if (type === "granted" || type === "renewed") return YES;
  return type === "refused" || type === "withdrawn" ? NO : MOOT;
}

/** True if the loaded columns hold everything that a rule asks about. */
export const coversRule = ({ tooWide }: Columns, { conditions }: CompiledRule): boolean =>
  tooWide.size === 0 ||
  !conditions.some((condition) => listColumnNames(condition).some((name) => tooWide.has(name)));

const listActivityColumns = ({ type, where = [] }: ActivityCondition) =>
  where.map(({ property }) => `${type}/${property}`);

function listColumnNames(node: CompiledCondition): string[] {
  if (node.is === "attribute") return [`field/${node.field}`];
  if (node.is === "preference") return [`topic/${node.topic}`];
  if (node.is === "activity" || node.is === "occasion") return listActivityColumns(node.did);
  if (node.is === "sequence")
    return [...listActivityColumns(node.first), ...listActivityColumns(node.next)];
  if (node.is === "calls" && node.outcomes !== undefined) return [CALL_OUTCOME];
  return [];
}

/**
 * Finds the matching people among those who have not changed. The columns must cover the rule (`coversRule`), and
 * the caller adds the changed people by SQL. Agrees with the reference evaluator, which a property test checks.
 */
export function findMatches(columns: Columns, rule: CompiledRule, context: ColumnContext): Mask {
  const everybody = new Uint8Array(columns.ordinals.length).fill(1);
  const unchanged = subtract(everybody, context.changed);
  const among = rule.excludesProfilingRefusers
    ? subtract(unchanged, columns.profilingRefusers)
    : unchanged;
  return match(columns, rule.root, context, among);
}

/** Narrows people down to those that match. People already excluded are skipped. */
function match(columns: Columns, node: CompiledNode, context: ColumnContext, among: Mask): Mask {
  switch (node.is) {
    case "all":
      return node.of
        .toSorted((a, b) => estimateCost(a) - estimateCost(b))
        .reduce((left, inner) => match(columns, inner, context, left), among);
    case "any":
      return matchAny(columns, node.of, context, among);
    case "not":
      return subtract(among, match(columns, node.of, context, among));
    case "attribute":
      return matchAttribute(columns, node, context, among);
    case "activity":
      return matchActivityTotal(columns, node, context, among);
    case "occasion":
      return matchOccasion(columns, node, context, among);
    case "sequence":
      return matchSequence(columns, node, context, among);
    case "ranking":
      return matchRanking(columns, node, context, among);
    case "consent":
      return matchConsent(columns, node, context, among);
    case "preference":
      return matchPreference(columns, node, among);
    case "calls":
      return matchCalls(columns, node, context, among);
  }
}

function matchAny(
  columns: Columns,
  nodes: readonly CompiledNode[],
  context: ColumnContext,
  among: Mask,
): Mask {
  const found = new Uint8Array(among.length);
  let left = among;
  for (const node of nodes) {
    const more = match(columns, node, context, left);
    for (let person = 0; person < more.length; person++) {
      found[person] = (found[person] ?? 0) | (more[person] ?? 0);
    }
    left = subtract(left, more);
  }
  return found;
}

function subtract(mask: Mask, others: Mask): Mask {
  const left = new Uint8Array(mask.length);
  for (let person = 0; person < mask.length; person++) {
    left[person] = (mask[person] ?? 0) & ~(others[person] ?? 0);
  }
  return left;
}

const costByKind: Record<CompiledCondition["is"], number> = {
  attribute: 1,
  preference: 1,
  consent: 2,
  calls: 3,
  occasion: 3,
  activity: 4,
  sequence: 6,
  ranking: 7,
};

/** Estimates the cost of a node. Cheap nodes run first, so that expensive ones look at fewer people. */
function estimateCost(node: CompiledNode): number {
  switch (node.is) {
    case "all":
    case "any":
      return Math.max(0, ...node.of.map(estimateCost));
    case "not":
      return estimateCost(node.of);
    default:
      return costByKind[node.is];
  }
}
