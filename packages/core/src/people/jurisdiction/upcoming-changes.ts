import { z } from "zod";
import { toDayNumber, toIsoDate } from "../../platform/time/index.ts";
import { canonicalJson } from "./canonical-json.ts";
import type { JurisdictionId } from "./jurisdiction.ts";
import { type Law, listBooks } from "./law.ts";
import { type Places, type RuleBook, listWithParents } from "./rule-book.ts";
import { mayRefuse } from "./rule-decisions.ts";
import type { Rule } from "./rule.ts";
import type { WatchItem } from "./watch-item.ts";

/** Kind of change: a rule begins, ends or is replaced; a bill; or a watch list item. */
type ChangeKind =
  | { kind: "begins"; rule: Rule }
  | { kind: "ends"; rule: Rule }
  | { kind: "replaced"; rule: Rule; predecessor: Rule }
  | { kind: "bill"; rule: Rule }
  | { kind: "watched"; item: WatchItem };

export type UpcomingChange = ChangeKind & {
  /**
   * Identifies the change, for example in dismissed notices: kind, id, day, and "former" if only the former law has it.
   * With another day or law, it is another change.
   */
  key: string;
  jurisdiction: JurisdictionId;
  /** First day on which verdicts change; null if it is not known. */
  day: string | null;
  /**
   * Law that contains the change. The two differ while the organization has not accepted all of the present law. A call
   * that either law refuses is refused.
   */
  law: "present" | "former" | "both";
};

/**
 * Lists changes from a day on (`today`, an ISO date): first those with a date, earliest first, then those without one.
 * Changes that are only in the former law are included for an organization that still keeps that law.
 */
export function listUpcomingChanges(law: Law, today: string): UpcomingChange[] {
  // Without a former law, the present one stands in for it, so every change is in both.
  const [present = new Map<string, Change>(), former = present] = listBooks(law).map(
    (book) => new Map(listBookChanges(book, today).map((change) => [toText(change), change])),
  );
  return [
    ...[...present].map(([text, change]): UpcomingChange => ({
      ...change,
      law: former.has(text) ? "both" : "present",
    })),
    ...[...former]
      .filter(([text]) => !present.has(text))
      .map(([, change]): UpcomingChange => ({
        ...change,
        // Always marked, so that a notice dismissed for one law never hides that of the other.
        key: `${change.key} former`,
        law: "former",
      })),
  ].toSorted(compareChanges);
}

type Change = ChangeKind & Pick<UpcomingChange, "key" | "jurisdiction" | "day">;

const toText = (change: Change) => canonicalJson(change);

/** Sorts by day, then by key. Changes without a day come last. */
function compareChanges(a: UpcomingChange, b: UpcomingChange): number {
  const [one, other] = [`${a.day ?? "9999"} ${a.key}`, `${b.day ?? "9999"} ${b.key}`];
  return one < other ? -1 : Number(one > other);
}

function listBookChanges({ rules, watch }: RuleBook, today: string): Change[] {
  /** True if a watch list item covers the rule on that day. A null day matches any day. */
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
      rule.effectiveTo !== null &&
      rule.effectiveTo >= today &&
      !isWatched(rule, findDayAfter(rule)),
  );
  const predecessors = new Map(
    begins.flatMap((rule) => {
      const predecessor = ends.find((ended) => isFollowedBy(ended, rule));
      return predecessor ? [[rule, predecessor] as const] : [];
    }),
  );
  const replaced = new Set(predecessors.values());
  return [
    ...begins.map((rule) => {
      const predecessor = predecessors.get(rule);
      const what: ChangeKind = predecessor
        ? { kind: "replaced", rule, predecessor }
        : { kind: "begins", rule };
      return toChange(what, rule.jurisdiction, rule.id, rule.effectiveFrom);
    }),
    ...ends
      .filter((rule) => !replaced.has(rule))
      .map((rule) =>
        toChange({ kind: "ends", rule }, rule.jurisdiction, rule.id, findDayAfter(rule)),
      ),
    ...rules
      .filter((rule) => rule.status === "bill_unverified" && !isWatched(rule, null))
      .map((rule) => toChange({ kind: "bill", rule }, rule.jurisdiction, rule.id, null)),
    ...watch.map((item) => {
      const { id, jurisdiction, expected_on: day } = item;
      // An item whose day has passed stays listed until somebody deletes it.
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

/** True if a rule replaces another: same place, type and calls, and it begins on the day after the other ends. */
const isFollowedBy = (predecessor: Rule, next: Rule) =>
  predecessor.jurisdiction === next.jurisdiction &&
  predecessor.type === next.type &&
  canonicalJson(predecessor.when) === canonicalJson(next.when) &&
  findDayAfter(predecessor) === next.effectiveFrom;

const findDayAfter = ({ effectiveTo: to }: Rule) =>
  to === null ? null : toIsoDate(toDayNumber(to) + 1);

/**
 * Selects the changes that are law on a day: those that checks apply (`computed`), which alone can change a preview,
 * and those of which only a description exists. A watched item counts from its expected day on, also once that has
 * passed.
 */
export function selectChangesByDay(changes: readonly UpcomingChange[], day: string) {
  const upTo = changes.filter((change) => {
    const firstDay = change.kind === "watched" ? change.item.expected_on : change.day;
    return firstDay !== null && firstDay <= day;
  });
  return {
    computed: upTo.filter(isComputed),
    described: upTo.filter((change) => !isComputed(change)),
  };
}

const isComputed = (change: UpcomingChange): boolean =>
  change.kind === "watched"
    ? (change.item.draft_rules ?? []).length > 0
    : [change.rule, ...(change.kind === "replaced" ? [change.predecessor] : [])].some(
        (rule) => mayRefuse(rule) || rule.type === "ebr" || rule.duty !== undefined,
      );

/** Numbers of days before a change when officers are notified. */
const stages = [7, 30, 90] as const;
export type NoticeStage = (typeof stages)[number];

/** Finds the last notice stage that a change has reached. Null if it is more than 90 days away, over, or has no day. */
export function findNoticeStage({ day }: Pick<UpcomingChange, "day">, today: string) {
  if (day === null) return null;
  const days = countDaysUntil(day, today);
  return days < 0 ? null : (stages.find((stage) => days <= stage) ?? null);
}

export const countDaysUntil = (day: string, today: string): number =>
  toDayNumber(day) - toDayNumber(today);

/** True if a change is about one of these places, or about a place that contains one of them. */
export const concerns = (
  book: Places,
  { jurisdiction }: Pick<UpcomingChange, "jurisdiction">,
  places: readonly JurisdictionId[],
): boolean => listWithParents(book, places).includes(jurisdiction);

/** Input for hiding a notice at one stage from the acting officer. */
export const DismissLawNotice = z.object({
  change: z.string().max(200),
  stage: z.literal(stages),
});
export type DismissLawNotice = z.infer<typeof DismissLawNotice>;
