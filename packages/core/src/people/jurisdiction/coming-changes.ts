import { z } from "zod";
import { toDayNumber, toIsoDate } from "../../platform/time/index.ts";
import { canonicalJson } from "./canonical-json.ts";
import type { JurisdictionId } from "./jurisdiction.ts";
import { type Law, listBooks } from "./law.ts";
import { type Places, type RuleBook, listWithParents } from "./rule-book.ts";
import type { Rule } from "./rule.ts";
import type { WatchItem } from "./watch-item.ts";

/** What changes: a rule begins, ends or gives way to another; a bill without rules; or an item of the watch list. */
type What =
  | { kind: "begins"; rule: Rule }
  | { kind: "ends"; rule: Rule }
  | { kind: "replaced"; rule: Rule; former: Rule }
  | { kind: "bill"; rule: Rule }
  | { kind: "watched"; item: WatchItem };

export type ComingChange = What & {
  /** Name of the change and its day, so that another day is another change. */
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
  return [
    ...[...present].map(([text, change]): ComingChange => ({
      ...change,
      law: former.has(text) ? "both" : "present",
    })),
    ...[...former]
      .filter(([text]) => !present.has(text))
      .map(([, change]): ComingChange => ({ ...change, law: "former" })),
  ].toSorted(inOrder);
}

type Change = What & Pick<ComingChange, "key" | "jurisdiction" | "day">;

const toText = (change: Change) => canonicalJson(change);

/** Sorts by day, then by name. What has no day comes last. */
function inOrder(a: ComingChange, b: ComingChange): number {
  const [first, second] = [`${a.day ?? "9999"} ${a.key}`, `${b.day ?? "9999"} ${b.key}`];
  return first < second ? -1 : Number(first > second);
}

function listChangesOfBook({ rules, watch }: RuleBook, today: string): Change[] {
  const watched = new Set(watch.flatMap((item) => item.rules ?? []));
  const own = rules.filter(({ id }) => !watched.has(id));
  const begins = own.filter(
    ({ status, effectiveFrom: from }) =>
      status !== "bill_unverified" && from !== null && from >= today,
  );
  const ends = own.filter(
    ({ status, effectiveTo: to }) => status !== "bill_unverified" && to !== null && to >= today,
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
      const what: What = former ? { kind: "replaced", rule, former } : { kind: "begins", rule };
      return toChange(what, rule.jurisdiction, rule.id, rule.effectiveFrom);
    }),
    ...ends
      .filter((rule) => !replaced.has(rule))
      .map((rule) => toChange({ kind: "ends", rule }, rule.jurisdiction, rule.id, dayAfter(rule))),
    ...own
      .filter(({ status }) => status === "bill_unverified")
      .map((rule) => toChange({ kind: "bill", rule }, rule.jurisdiction, rule.id, null)),
    ...watch
      .filter(({ expected_on: day }) => day === null || day >= today)
      .map((item) =>
        toChange({ kind: "watched", item }, item.jurisdiction, item.id, item.expected_on),
      ),
  ];
}

const toChange = (
  what: What,
  jurisdiction: JurisdictionId,
  id: string,
  day: string | null,
): Change => ({
  ...what,
  key: `${what.kind} ${id} ${day ?? "undated"}`,
  jurisdiction,
  day,
});

/** True if a rule takes the place of another: the same place and type, from the day after the other's last. */
const isFollowedBy = (former: Rule, next: Rule) =>
  former.jurisdiction === next.jurisdiction &&
  former.type === next.type &&
  dayAfter(former) === next.effectiveFrom;

const dayAfter = ({ effectiveTo: to }: Rule) =>
  to === null ? null : toIsoDate(toDayNumber(to) + 1);

/** Days before a change at which officers are told about it. */
const stages = [7, 30, 90] as const;
export type NoticeStage = (typeof stages)[number];

/** Finds the stage that a change has reached: the smallest number of days within which it comes. Null if it is farther away, or has no day. */
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
