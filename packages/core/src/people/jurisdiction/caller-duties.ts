import { addPeriod } from "../../platform/time/index.ts";
import { type CallFacts, matchConditions } from "./call-facts.ts";
import { canonicalJson } from "./canonical-json.ts";
import type { JurisdictionId, RuleId } from "./jurisdiction.ts";
import { type Rule, isInForceOnAny } from "./rule.ts";
import { type RuleBook, deriveFromBook, listWithParents } from "./rule-book.ts";
import { hashRuleSet } from "./rule-set.ts";

/*
 * Duties of the caller that no program can check: to register, to label calls, to show a number, to say certain
 * things. A person confirms them. A confirmation holds for one version of the rule and for what was confirmed: a
 * campaign with another caller ID or script needs a new one. Until then, calls of the campaign are refused there.
 */

/** A rule with a duty of the caller. */
export type DutyRule = Rule & { duty: NonNullable<Rule["duty"]> };

/** True if campaign calls are refused until somebody has confirmed the rule's duty. */
export const isDutyRule = (rule: Rule): rule is DutyRule =>
  rule.duty !== undefined && rule.effect !== "info" && rule.status !== "bill_unverified";

const groupDuties = deriveFromBook(({ rules }) =>
  Map.groupBy(rules.filter(isDutyRule), ({ jurisdiction }) => jurisdiction),
);

/**
 * Finds the duties of a caller in these jurisdictions and in those they lie in, on any of these days. An unknown
 * fact counts as a match, so that no duty is left out for lack of a fact.
 */
export const findCallerDuties = (
  book: RuleBook,
  jurisdictions: readonly JurisdictionId[],
  localDates: readonly string[],
  facts: CallFacts,
): DutyRule[] =>
  listWithParents(book, jurisdictions)
    .flatMap((place) => groupDuties(book).get(place) ?? [])
    .filter(
      (rule) => isInForceOnAny(rule, localDates) && matchConditions(rule.when, facts) !== "no",
    );

/**
 * Fields of values that ask the agent to say something, in rules of other types than `disclosure`, such as on caller
 * IDs.
 */
const saidInCall = ["objection_offered_in_each_call", "identify_on_request", "opening"] as const;

/** True if the duty asks the agent to say something in a call, and not only the seller to register or show a number. */
export const isForAgent = ({ type, value }: DutyRule): boolean =>
  type === "disclosure" || saidInCall.some((key) => Object.hasOwn(Object(value), key));

/** Finds a duty by the id of its rule; null if there is none. */
export const findDutyRule = (book: RuleBook, id: RuleId): DutyRule | null =>
  book.rules.filter(isDutyRule).find((rule) => rule.id === id) ?? null;

const versions = new WeakMap<DutyRule, string>();

/**
 * Returns the version of a duty (SHA-256 in hex). It changes if the law requires something else, of others, or by
 * another article. Better wording, a new source or a later review of the law does not change it.
 */
export function hashDuty(rule: DutyRule): string {
  const known = versions.get(rule);
  if (known !== undefined) return known;
  const { id, type, jurisdiction, when, value, citation, duty } = rule;
  const { confirmed_for: scope, renew = null } = duty;
  const version = hashRuleSet(
    canonicalJson({ id, type, jurisdiction, when, value, citation, scope, renew }),
  );
  versions.set(rule, version);
  return version;
}

/** The settings of a campaign that its duties are about. */
export type DutySettings = {
  dialer: string;
  callerNumber: string;
  label: string;
  labelContract: string;
  /** Its offers, in the versions whose scripts are read out. */
  offers: readonly { id: string; version: number }[];
};

/**
 * Returns what a confirmation is about, as text to compare: dialer and scripts for what has to be said, dialer, caller
 * number and label for everything else, and nothing for a duty that a seller fulfils for all its campaigns.
 */
export function describeDutySubject({ type, duty }: DutyRule, settings: DutySettings): string {
  if (duty.confirmed_for === "seller") return "";
  const { dialer, callerNumber, label, labelContract } = settings;
  if (type !== "disclosure") return canonicalJson({ dialer, callerNumber, label, labelContract });
  const offers = settings.offers
    .map(({ id, version }) => ({ id, version }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return canonicalJson({ dialer, offers });
}

/** Confirmation of a duty for a seller, and for one campaign unless it holds for all. */
export type DutyConfirmation = {
  rule: RuleId;
  version: string;
  subject: string;
  /** Last day on which it is valid; null if it has no end. */
  validUntil: string | null;
};

/** True if a confirmation is of the duty as it is now: of this version of the rule, and for these settings. */
export const isAboutDuty = (
  { rule, version, subject }: DutyConfirmation,
  duty: DutyRule,
  settings: DutySettings,
): boolean =>
  rule === duty.id && version === hashDuty(duty) && subject === describeDutySubject(duty, settings);

/** True if a confirmation is valid on all of these days. */
export const isValidOn = ({ validUntil }: DutyConfirmation, localDates: readonly string[]) =>
  validUntil === null || localDates.every((date) => date <= validUntil);

/** Lists the duties that none of the confirmations covers on all of these days. */
export const findUnconfirmedDuties = (
  duties: readonly DutyRule[],
  confirmations: readonly DutyConfirmation[],
  settings: DutySettings,
  localDates: readonly string[],
): DutyRule[] =>
  duties.filter(
    (duty) =>
      !confirmations.some((one) => isAboutDuty(one, duty, settings) && isValidOn(one, localDates)),
  );

/** Finds the latest day until which a confirmation made today can be valid; null if the law sets no period. */
export const findLastValidDay = ({ duty }: DutyRule, today: string): string | null =>
  duty.renew === undefined
    ? null
    : addPeriod(new Date(today), duty.renew).toISOString().slice(0, 10);
