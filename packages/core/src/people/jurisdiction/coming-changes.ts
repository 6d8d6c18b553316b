import { z } from "zod";
import { toDayNumber, toIsoDate } from "../../platform/time/index.ts";
import { canonicalJson } from "./canonical-json.ts";
import type { JurisdictionId } from "./jurisdiction.ts";
import { type Law, listBooks } from "./law.ts";
import { type Places, type RuleBook, listWithParents } from "./rule-book.ts";
import type { Rule } from "./rule.ts";
import type { WatchItem } from "./watch-item.ts";

/** A kind of change: a rule begins, ends or is replaced; a bill; or an item of the watch list. */
type ChangeKind =
  | { kind: "begins"; rule: Rule }
  | { kind: "ends"; rule: Rule }
  | { kind: "replaced"; rule: Rule; former: Rule }
  | { kind: "bill"; rule: Rule }
  | { kind: "watched"; item: WatchItem };

export type ComingChange = ChangeKind & {
  /** Name of the change and its day, so that another day is another change. Two laws that disagree have two names. */
  key: string;
  jurisdiction: JurisdictionId;
  /** First day on which calls are judged otherwise; null if none is known. */
  day: string | null;
  /**
   * Which law has it, where the organization has not accepted the present one in full. Both judge, and what either
   * refuses is refused.
   */
  law: "present" | "former" | "both";
};

/**
 * Lists what changes from a day on: first what has a date, the earliest first, then what has none. A change that only
 * the former law has counts too, for an organization that still keeps that law.
 */
export function listComingChanges(law: Law, today: string): ComingChange[] {
  const [present = new Map<string, Change>(), former = present] = listBooks(law).map(
    (book) => new Map(listChangesOfBook(book, today).map((change) => [toText(change), change])),
  );
  const presentKeys = new Set([...present.values()].map(({ key }) => key));
  return [
    ...[...present].map(([text, change]): ComingChange => ({
      ...change,
      law: former.has(text) ? "both" : "present",
    })),
    ...[...former]
      .filter(([text]) => !present.has(text))
      .map(([, change]): ComingChange => ({
        ...change,
        key: presentKeys.has(change.key) ? `${change.key} former` : change.key,
        law: "former",
      })),
  ].toSorted(inOrder);
}

type Change = ChangeKind & Pick<ComingChange, "key" | "jurisdiction" | "day">;

const toText = (change: Change) => canonicalJson(change);

/** Sorts by day, then by name. What has no day comes last. */
function inOrder(a: ComingChange, b: ComingChange): number {
  const [first, second] = [`${a.day ?? "9999"} ${a.key}`, `${b.day ?? "9999"} ${b.key}`];
  return first < second ? -1 : Number(first > second);
}

function listChangesOfBook({ rules, watch }: RuleBook, today: string): Change[] {
  /** True if an item of the watch list tells of the same rule on the same day; null stands for any day. */
  const isWatched = (rule: Rule, day: string | null) =>
    watch.some(
      (item) =>
        item.rules?.includes(rule.id) === true && (day === null || item.expected_on === day),
    );
  const enforceable = rules.filter(({ status }) => status !== "bill_unverified");
  const begins = enforceable.filter(
    (rule) =>
      rule.effectiveFrom !== null &&
      rule.effectiveFrom >= today &&
      !isWatched(rule, rule.effectiveFrom),
  );
  const ends = enforceable.filter(
    (rule) =>
      rule.effectiveTo !== null && rule.effectiveTo >= today && !isWatched(rule, dayAfter(rule)),
  );
  const formerRules = new Map(
    begins.flatMap((rule) => {
      const former = ends.find((one) => isFollowedBy(one, rule));
      return former ? [[rule, former] as const] : [];
    }),
  );
  const replaced = new Set(formerRules.values());
  return [
    ...begins.map((rule) => {
      const former = formerRules.get(rule);
      const what: ChangeKind = former
        ? { kind: "replaced", rule, former }
        : { kind: "begins", rule };
      return toChange(what, rule.jurisdiction, rule.id, rule.effectiveFrom);
    }),
    ...ends
      .filter((rule) => !replaced.has(rule))
      .map((rule) => toChange({ kind: "ends", rule }, rule.jurisdiction, rule.id, dayAfter(rule))),
    ...rules
      .filter((rule) => rule.status === "bill_unverified" && !isWatched(rule, null))
      .map((rule) => toChange({ kind: "bill", rule }, rule.jurisdiction, rule.id, null)),
    ...watch.map((item) => {
      const { id, jurisdiction, expected_on: day } = item;
      // An item whose day has passed stays on the list until somebody deletes it.
      const futureDay = day !== null && day < today ? null : day;
      return toChange({ kind: "watched", item }, jurisdiction, id, futureDay);
    }),
  ];
}

const toChange = (
  what: ChangeKind,
  jurisdiction: JurisdictionId,
  id: string,
  day: string | null,
): Change => ({
  ...what,
  key: `${what.kind} ${id} ${day ?? "undated"}`,
  jurisdiction,
  day,
});

/** True if a rule takes the place of another: the same place, type and calls, from the day after the other's last. */
const isFollowedBy = (former: Rule, next: Rule) =>
  former.jurisdiction === next.jurisdiction &&
  former.type === next.type &&
  canonicalJson(former.when) === canonicalJson(next.when) &&
  dayAfter(former) === next.effectiveFrom;

const dayAfter = ({ effectiveTo: to }: Rule) =>
  to === null ? null : toIsoDate(toDayNumber(to) + 1);

/** Days before a change at which officers are told about it. */
const stages = [7, 30, 90] as const;
export type NoticeStage = (typeof stages)[number];

/** Finds the last notice stage that a change has reached. Null if it is more than 90 days away, over, or has no day. */
export function findNoticeStage({ day }: Pick<ComingChange, "day">, today: string) {
  if (day === null) return null;
  const days = countDaysUntil(day, today);
  return days < 0 ? null : (stages.find((stage) => days <= stage) ?? null);
}

export const countDaysUntil = (day: string, today: string): number =>
  toDayNumber(day) - toDayNumber(today);

/** True if a change is about one of these places, or about one that they lie in. */
export const concerns = (
  book: Places,
  { jurisdiction }: Pick<ComingChange, "jurisdiction">,
  places: readonly JurisdictionId[],
): boolean => listWithParents(book, places).includes(jurisdiction);

/** Hides the notice of a change at a stage from the officer who asks. */
export const DismissLawNotice = z.object({
  change: z.string().max(200),
  stage: z.literal(stages),
});
export type DismissLawNotice = z.infer<typeof DismissLawNotice>;
