import type { RuleOfType } from "../../people/jurisdiction/index.ts";
import type { ConsentEvent } from "../../consents/consent/index.ts";
import { DAY_MS, addPeriod } from "../../platform/time/index.ts";
import { findCompleteGrants } from "./best-grant.ts";
import type { RegistryEditionFact } from "./facts.ts";
import {
  type Finding,
  type UnmarkedReason,
  createFinding,
  createOwnListFinding,
} from "./reason.ts";
import type { AppliedRule } from "./applied-rules.ts";
import type { PreparedFacts } from "./prepare-facts.ts";
import type { RegistryDemand } from "./registry-demand.ts";

/**
 * Checks a call against each registry that a rule names, and against the organization's own lists.
 *
 * - If the registry lists the phone (or an allow list does not), the call is refused, or warned of if the rule only
 *   warns. A complete consent may lift that (`isLifted`).
 * - If there is no recent reading of it, the same happens. A consent that would lift any listing leaves a warning; one
 *   that lifts only earlier listings does not help, because the day of a listing is not known.
 * - If it is not connected, and the rule data says `unread: warn`, there is a warning, which an officer may silence.
 *
 * The organization's own lists have no rule: they always refuse, and no consent lifts them.
 */
export function checkRegistries(facts: PreparedFacts): Finding[] {
  const { demands, at, policy } = facts;
  const context = { at, policy, grants: findCompleteGrants(facts) };
  return [
    ...demands.flatMap((demand) => checkListing(demand, context)),
    ...demands.flatMap((demand) => checkAge(demand, context)),
  ];
}

/** The time of the call, the organization's policy, and the consents that lack nothing that the law requires. */
type CheckContext = Pick<PreparedFacts, "at" | "policy"> & { grants: readonly ConsentEvent[] };

function checkListing(demand: RegistryDemand, { at, grants }: CheckContext): Finding[] {
  const edition = findFreshEdition(demand, at);
  if (edition === null) return [];

  const { rules } = demand;
  if (rules.length === 0) {
    return edition.listsPhone ? [createOwnListFinding(explainListing(demand, edition))] : [];
  }
  const remaining = rules.filter(
    (applied) =>
      forbids(applied, edition) && !isLifted(applied, { at, grants }, edition.listedSince),
  );
  const [by] = strictestFirst(remaining);
  return by === undefined ? [] : [createFinding(by, explainListing(demand, edition, by))];
}

/** True if the rule forbids a call to a phone that the edition lists, or, for an allow list, does not list. */
const forbids = (
  { rule }: AppliedRule<RuleOfType<"registry_scrub">>,
  { listsPhone }: RegistryEditionFact,
) => listsPhone === (rule.value.polarity !== "allow");

function explainListing(
  { registry }: RegistryDemand,
  { listsPhone, listedSince: since }: RegistryEditionFact,
  by?: AppliedRule<RuleOfType<"registry_scrub">>,
): UnmarkedReason {
  const values = { registry, lift: by?.rule.value.lifted_by_consent ?? "none" };
  const key = listsPhone ? "refusal.registry-listed" : "refusal.registry-listed.unlisted";
  return { reason: "registry-listed", registry, ...(since && { since }), message: { key, values } };
}

function checkAge(demand: RegistryDemand, { at, grants, policy }: CheckContext): Finding[] {
  if (findFreshEdition(demand, at) !== null) return [];

  const refusal = explainUnchecked(demand, at);
  if (demand.fact === null && demand.warnsWhenUnread) {
    if (policy.silenced.has(demand.registry)) return [];
    return demand.rules
      .slice(0, 1)
      .map((applied) => createFinding({ ...applied, effect: "warn" }, refusal));
  }
  // Without a fresh edition, the date of a listing is unknown.
  const remaining = demand.rules.filter((applied) => !isLifted(applied, { at, grants }, null));
  const [by] = strictestFirst(remaining);
  if (by !== undefined) return [createFinding(by, refusal)];
  const [lifted] = demand.rules;
  return lifted === undefined
    ? [createOwnListFinding(refusal)]
    : [createFinding({ ...lifted, effect: "warn" }, refusal)];
}

function explainUnchecked(demand: RegistryDemand, at: Date): UnmarkedReason {
  const { registry, fact, limitDays } = demand;
  const common = { reason: "registry-unchecked", registry } as const;
  const readAt = fact?.edition?.verifiedAt;
  if (readAt === undefined || readAt > at) {
    const since = fact === null ? demand.disconnectedAt : null;
    if (since !== null) {
      const message = {
        key: "refusal.registry-unchecked.disconnected",
        values: { registry, since },
      } as const;
      return { ...common, since, message };
    }
    const key = `refusal.registry-unchecked.${findUnreadState(fact)}` as const;
    return { ...common, message: { key, values: { registry } } };
  }
  const values = { registry, readAt, limitDays };
  return { ...common, since: readAt, message: { key: "refusal.registry-unchecked", values } };
}

/** Finds why there is no reading of a registry that nobody disconnected: the last part of the message's key. */
function findUnreadState(fact: RegistryDemand["fact"]) {
  if (fact === null) return "unconnected";
  // It is asked about single numbers, and has no valid answer about this one.
  if (fact.isUnasked) return "unasked";
  // It was read for some area codes only.
  return fact.isOutside ? "outside" : "never";
}

/**
 * Returns the edition if it was verified within the limit before `at`, else null. One that was read after `at` was not
 * known then, so it does not count.
 */
function findFreshEdition(
  { fact, limitDays }: RegistryDemand,
  at: Date,
): RegistryEditionFact | null {
  const edition = fact?.edition ?? null;
  if (edition === null) return null;
  const ageMs = at.getTime() - edition.verifiedAt.getTime();
  return ageMs >= 0 && ageMs <= limitDays * DAY_MS ? edition : null;
}

/**
 * True if a complete consent to the call overrides a listing by this rule (contract 5). If the day of the listing is
 * unknown, none is later than it.
 */
function isLifted(
  { rule }: AppliedRule<RuleOfType<"registry_scrub">>,
  { at, grants: all }: Pick<CheckContext, "at" | "grants">,
  listedSince: Date | null,
): boolean {
  const { lifted_by_consent: lift, lifting_consent_max_age: maxAge } = rule.value;
  const grants =
    maxAge === undefined ? all : all.filter((grant) => at <= addPeriod(grant.at, maxAge));
  switch (lift) {
    case "any":
      return grants.length > 0;
    case "written":
      return grants.some(({ isWritten }) => isWritten);
    case "later_than_listing":
      return listedSince !== null && grants.some(({ at }) => at > listedSince);
    case null:
      return false;
  }
}

const strictestFirst = (rules: readonly AppliedRule<RuleOfType<"registry_scrub">>[]) =>
  rules.toSorted((a, b) => Number(a.effect === "warn") - Number(b.effect === "warn"));
