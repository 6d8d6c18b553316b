import { canonicalJson } from "./canonical-json.ts";
import { type Timetable, toLawTimetable } from "./calling-hours/opening-hours-of-a-day.ts";
import { hashDuty, isDutyRule } from "./caller-duties.ts";
import type { When } from "./call-facts.ts";
import { findReader } from "./field-readers.ts";
import type { Rule, RuleOfType, RuleType } from "./rule.ts";
import { type RuleBook, deriveFromBook } from "./rule-book.ts";
import { enforcedTypes } from "./rule-decisions.ts";
import { canRefuseCall } from "./rules-in-force.ts";
import { periodDays } from "../../platform/time/index.ts";

/*
 * Says which changes of a rule are provably stricter: whatever was refused before is refused after, for every call.
 * A change that is not proved here counts as looser, and waits for two officers of each organization. Being wrong in that
 * direction costs them a look; being wrong in the other would let a call through.
 */

/** Types of rules that only ever refuse: one more of them, or one that applies to more calls, allows nothing. */
const refusingTypes: ReadonlySet<RuleType> = new Set([
  "dialer_restriction",
  "sector_ban",
  "emergency_ban",
  "frequency_cap",
  "line_type",
  "consent_model",
  "consent_elements",
  "consent_expiry",
  "registry_scrub",
  "reassigned_numbers",
]);

/** Types of rules that have no effect on what other rules decide when they only warn. */
const warningTypes: ReadonlySet<RuleType> = new Set([
  "dialer_restriction",
  "sector_ban",
  "emergency_ban",
  "frequency_cap",
  "reassigned_numbers",
  "consent_elements",
  "consent_expiry",
]);

/** True if a rule refuses no calls: it is a bill, informs, warns, or is of a type that no screening checks. */
const isSilent = (rule: Rule): boolean => !isDutyRule(rule) && isSilentExceptDuty(rule);

/** As `isSilent`, but ignores the rule's duty, because an additional duty can only refuse more calls. */
function isSilentExceptDuty(rule: Rule): boolean {
  const { status, effect, type, when } = rule;
  // A rule that names states or a registry, has days of grace, or says how long somebody is a customer matters to
  // other rules whatever its effect is.
  if (when.state !== undefined || type === "registry_scrub" || type === "ebr") return false;
  if (type === "line_type" && rule.value.ported_wireless_grace !== undefined) return false;
  return (
    status === "bill_unverified" ||
    effect === "info" ||
    (effect === "warn" && warningTypes.has(type)) ||
    (!enforcedTypes.has(type) && type !== "abandoned_calls")
  );
}

/** True if the two versions differ in nothing that can change a verdict. */
export const judgeAlike = (before: Rule, after: Rule): boolean =>
  (isSilent(before) && isSilent(after)) ||
  canonicalJson(decisive(before)) === canonicalJson(decisive(after));

/** Fields of a rule that can change a verdict. Of its status, only whether it is a bill or in force matters. */
const decisive = (rule: Rule) => ({
  id: rule.id,
  jurisdiction: rule.jurisdiction,
  type: rule.type,
  effect: rule.effect,
  when: rule.when,
  confidence: rule.confidence,
  value: Object.fromEntries(
    Object.entries(rule.value).filter(([field]) => findReader(rule.type, field) !== "person"),
  ),
  duty: isDutyRule(rule) ? hashDuty(rule) : null,
  isBill: rule.status === "bill_unverified",
  from: rule.effectiveFrom,
  to: rule.effectiveTo,
});

/** True if adding the rule to the law allows no call that the law refused. */
export const isStricterToAdd = (rule: Rule, { before }: { before: RuleBook }): boolean =>
  isSilentExceptDuty(rule) || (onlyRefuses(rule, before) && isPlainRegistryRule(rule, before));

/** True if taking the rule from the law allows no call that the law refused. */
export const isStricterToRemove = (rule: Rule): boolean =>
  isSilent(rule) || (onlyPermits(rule) && !isDutyRule(rule));

/** True if putting `after` in the place of `before` allows no call that the law refused. */
export function isStricterToReplace(before: Rule, after: Rule, law: { before: RuleBook }): boolean {
  if (judgeAlike(before, after)) return true;
  // A changed duty needs a new confirmation, and the former version would still need its own.
  if (isDutyRule(before)) return false;
  if (isSilent(before)) return isStricterToAdd(after, law);
  if (isSilent(after)) return isStricterToRemove(before);
  if (before.jurisdiction !== after.jurisdiction || before.type !== after.type) return false;
  // An officer may let a rule from memory warn.
  if (before.confidence !== "C" && after.confidence === "C") return false;
  if (before.type === "calling_hours" && after.type === "calling_hours") {
    return appliesAlike(before, after) && opensLess(before, after);
  }
  if (onlyPermits(before) && onlyPermits(after)) {
    return (
      before.effect === after.effect && appliesWherever(before, after) && isSameValue(before, after)
    );
  }
  return (
    onlyRefuses(before, law.before) &&
    onlyRefuses(after, law.before) &&
    appliesWherever(after, before) &&
    (appliesWherever(before, after) || isPlainRegistryRule(after, law.before)) &&
    (isSameValue(before, after) || isTighter(before, after))
  );
}

/** A law that lets people be called until they object permits, and refuses nobody by itself. */
const onlyPermits = (rule: Rule) =>
  rule.type === "consent_model" &&
  rule.value.model === "opt_out_with_registry" &&
  rule.value.form === undefined &&
  rule.when.state === undefined;

function onlyRefuses(rule: Rule, before: RuleBook): boolean {
  // A rule that only warns may still set an age limit or a condition that others rest on.
  if (!refusingTypes.has(rule.type) || !canRefuseCall(rule)) return false;
  // Rules of single states decide whether the state of a call must be known, for rules of all other places too.
  if (rule.when.state !== undefined) return false;
  switch (rule.type) {
    case "line_type":
      return rule.value.ported_wireless_grace === undefined;
    case "consent_model":
      return (
        rule.value.model !== "opt_out_with_registry" &&
        (rule.value.form === undefined || !doConsentsConfirmOwners(before))
      );
    case "consent_elements":
      return !doConsentsConfirmOwners(before);
    case "consent_expiry":
      return rule.value.promotional_via_enquiry === undefined && !doConsentsConfirmOwners(before);
    default:
      return true;
  }
}

/**
 * True if a law refuses calls that rest on the consent of a number's former owner. A stricter rule about consents
 * may then let a call rest on another consent, whose owner is confirmed.
 */
const doConsentsConfirmOwners = deriveFromBook(({ rules }: RuleBook) =>
  rules.some((rule) => rule.type === "reassigned_numbers" && canRefuseCall(rule)),
);

/**
 * True unless the rule is the first that names a registry, or limits the age of its editions while another rule that
 * names it does not. Where no rule limits the age, the organization's own limit counts, and this rule could replace it
 * by a longer one.
 */
function isPlainRegistryRule(rule: Rule, { rules }: RuleBook): boolean {
  if (rule.type !== "registry_scrub") return true;
  const naming = rules.filter(
    (one): one is RuleOfType<"registry_scrub"> =>
      one.type === "registry_scrub" && one.value.registry === rule.value.registry,
  );
  return (
    naming.length > 0 &&
    (rule.value.max_age === undefined || naming.every(({ value }) => value.max_age !== undefined))
  );
}

const appliesAlike = (one: Rule, other: Rule) =>
  one.effect === other.effect && appliesWherever(one, other) && appliesWherever(other, one);

/** True if `wider` applies to every call and on every day to which `narrower` applies. */
const appliesWherever = (wider: Rule, narrower: Rule): boolean =>
  isWiderWhen(wider.when, narrower.when) &&
  (wider.effectiveFrom ?? "") <= (narrower.effectiveFrom ?? "") &&
  (wider.effectiveTo ?? LAST_DAY) >= (narrower.effectiveTo ?? LAST_DAY);

const LAST_DAY = "9999-12-31";

function isWiderWhen(wider: When, narrower: When): boolean {
  const narrow = new Map<string, readonly unknown[] | undefined>(Object.entries(narrower));
  return Object.entries(wider).every(([key, values]: [string, readonly unknown[] | undefined]) => {
    const narrowValues = narrow.get(key);
    return values === undefined || narrowValues?.every((value) => values.includes(value)) === true;
  });
}

const isSameValue = (before: Rule, after: Rule) =>
  canonicalJson(decisive(before).value) === canonicalJson(decisive(after).value);

/**
 * True if a rule that only refuses provably refuses more by its new value. False for types whose values are not
 * compared.
 */
function isTighter(before: Rule, after: Rule): boolean {
  if (before.type === "frequency_cap" && after.type === "frequency_cap") {
    return (
      after.value.max <= before.value.max &&
      after.value.window_kind === before.value.window_kind &&
      isNotShorter(after.value.window, before.value.window)
    );
  }
  if (before.type === "registry_scrub" && after.type === "registry_scrub") {
    return (
      after.value.registry === before.value.registry &&
      after.value.polarity === before.value.polarity &&
      isNotOlder(after.value.max_age, before.value.max_age) &&
      liftsLess(after, before)
    );
  }
  if (before.type === "sector_ban" && after.type === "sector_ban") return isAbsolute(after);
  return false;
}

const fixedPeriod = /^P(?:(?:\d+W)|(?:\d+D)|(?:T\d+H))$/;

/** True if a period lasts at least as long as another. Months and years differ in length and prove nothing. */
const isNotShorter = (longer: string, shorter: string) =>
  longer === shorter ||
  (fixedPeriod.test(longer) &&
    fixedPeriod.test(shorter) &&
    // Hours slide over the clock changes that days follow.
    longer.includes("T") === shorter.includes("T") &&
    periodDays(longer) >= periodDays(shorter));

/** True if an edition that is too old by `before` is too old by `after`. */
function isNotOlder(after: string | undefined, before: string | undefined): boolean {
  if (after === before) return true;
  if (after === "real_time_scrub") return before !== undefined;
  if (after === undefined || before === undefined || before === "real_time_scrub") return false;
  return isNotShorter(before, after);
}

type ScrubRule = RuleOfType<"registry_scrub">;

/** True if every consent that lifts a listing by `after` lifts it by `before`. */
const liftsLess = ({ value: after }: ScrubRule, { value: before }: ScrubRule): boolean =>
  after.lifted_by_consent === null ||
  ((after.lifted_by_consent === before.lifted_by_consent || before.lifted_by_consent === "any") &&
    (before.lifting_consent_max_age === undefined ||
      (after.lifting_consent_max_age !== undefined &&
        isNotShorter(before.lifting_consent_max_age, after.lifting_consent_max_age))));

/** True if no consent lifts the ban. */
const isAbsolute = ({ value }: RuleOfType<"sector_ban">) =>
  value.model !== "opt_in" && value.allowed_if?.includes("specific_prior_consent") !== true;

/** True if hours are open only where they were open before, on every day of the week and on every holiday. */
function opensLess(
  before: RuleOfType<"calling_hours">,
  after: RuleOfType<"calling_hours">,
): boolean {
  const [old, fresh] = [toLawTimetable(before), toLawTimetable(after)];
  if (old === null || fresh === null || old.zone !== fresh.zone) return false;
  if (!isWithinWeek(fresh.week, old.week)) return false;
  const isSameCalendar = old.calendars.join() === fresh.calendars.join();
  if (!isSameCalendar && old.calendars.length > 0) return false;
  return isWithinWeek(fresh.holidayWeek, old.calendars.length === 0 ? old.week : old.holidayWeek);
}

const isWithinWeek = (inner: Timetable["week"], outer: Timetable["week"]) =>
  inner.every((spans, weekday) =>
    spans.every(([from, to]) =>
      (outer[weekday] ?? []).some(([opens, closes]) => opens <= from && to <= closes),
    ),
  );
