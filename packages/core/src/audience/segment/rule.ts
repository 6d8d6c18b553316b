import { z } from "zod";
import { ActivityTypeKey } from "../../people/activity/index.ts";
import { Channel } from "../../people/phone/index.ts";
import { SegmentId, SellerId } from "../../platform/ids.ts";
import { withMessage } from "../../platform/message/index.ts";
import { PurposeKey } from "../../account/purpose/index.ts";
import { storableText } from "../../platform/text/index.ts";
import { Span } from "./span.ts";
import { ValueTest } from "./value-test.ts";

/**
 * A test of one property of an activity: `amount`, `category`, a property of its type, or `item.name`, `item.sku` or
 * `item.category`, which any item of a purchase may pass.
 */
export const PropertyFilter = z.object({ property: storableText(64).min(1), is: ValueTest });
export type PropertyFilter = z.infer<typeof PropertyFilter>;

/** Activities of one type that pass all filters. */
export const ActivityCondition = z.object({
  type: ActivityTypeKey,
  where: z.array(PropertyFilter).max(10).optional(),
});
export type ActivityCondition = z.infer<typeof ActivityCondition>;

export const Comparison = z.object({
  op: z.enum(["at-least", "at-most", "exactly"]),
  value: z.number().min(0).max(1e12),
});
export type Comparison = z.infer<typeof Comparison>;

/** True if a number meets a comparison. */
export function meetsComparison(number: number, { op, value }: Comparison) {
  switch (op) {
    case "at-least":
      return number >= value;
    case "at-most":
      return number <= value;
    case "exactly":
      return number === value;
  }
}

const Attribute = z.object({
  is: z.literal("attribute"),
  /** The name of an attribute, or `@region`, `@country`, `@locale`, `@zone`, `@party`, `@name`, `@email`. */
  field: storableText(64).min(1),
  test: ValueTest,
});

/**
 * Number or amount of a person's activities. Someone without any counts as 0. For sum and average, the value is
 * in units of currency (12.5 is 12.50), and amounts are compared to the hundredth.
 */
const ActivityTotal = z.object({
  is: z.literal("activity"),
  did: ActivityCondition,
  during: Span.optional(),
  /** `average` is over activities with an amount; without any, the condition is false. */
  measure: z.enum(["count", "sum", "average"]),
  compare: Comparison,
});

/** Time of a person's first or last activity of a kind. */
const Occasion = z.object({
  is: z.literal("occasion"),
  which: z.enum(["first", "last"]),
  did: ActivityCondition,
  when: Span,
});

/**
 * An activity that was followed by another, or was not, within a number of 24-hour periods. "Not" holds only
 * once the time is over.
 */
const Sequence = z.object({
  is: z.literal("sequence"),
  first: ActivityCondition,
  during: Span.optional(),
  next: ActivityCondition,
  withinDays: z.int().min(1).max(3_650),
  happened: z.boolean(),
});

/** Rank among all who ever did an activity of a type, by recency, frequency or amount. Ties are included together. */
const Ranking = z.object({
  is: z.literal("ranking"),
  type: ActivityTypeKey,
  by: z.enum(["recency", "frequency", "money"]),
  end: z.enum(["top", "bottom"]),
  percent: z.int().min(1).max(100),
});

/** Consent status of any of a person's phones. `withdrawn` includes refusals. */
const ConsentStanding = z.object({
  is: z.literal("consent"),
  standing: z.enum(["granted", "expired", "withdrawn"]),
  seller: SellerId,
  purpose: PurposeKey,
  channel: Channel,
});

/** A person's latest preference. */
const Preference = z.object({
  is: z.literal("preference"),
  topic: storableText(200).min(1),
  values: z.array(storableText(200)).min(1).max(100),
});

/** Number of calls to a person, on all of their phones. */
const CallTotal = z.object({
  is: z.literal("calls"),
  outcomes: z.array(storableText(64)).min(1).max(20).optional(),
  during: Span.optional(),
  compare: Comparison,
});

const OtherSegment = z.object({ is: z.literal("segment"), segment: SegmentId });

export const Condition = z.discriminatedUnion("is", [
  Attribute,
  ActivityTotal,
  Occasion,
  Sequence,
  Ranking,
  ConsentStanding,
  Preference,
  CallTotal,
  OtherSegment,
]);
export type Condition = z.infer<typeof Condition>;
export type ConditionOfKind<Kind extends Condition["is"]> = Extract<Condition, { is: Kind }>;

/** Combines rules. Without rules, `all` and `none` match everyone, `any` nobody. */
export type Group = { is: "all" | "any" | "none"; of: Rule[] };
export type Rule = Group | Condition;

const MAX_DEPTH = 8;
const MAX_NODES = 100;

const Node: z.ZodType<Rule> = z.lazy(() => AnyNode);

const AnyNode = z.discriminatedUnion("is", [
  z.object({ is: z.enum(["all", "any", "none"]), of: z.array(Node).max(MAX_NODES) }),
  ...Condition.options,
]);

/**
 * Refuses a rule that is nested too deeply before it is read: a tree of thousands of levels would overflow the stack of
 * whoever walks it.
 */
const Shallow = z.preprocess((value, ctx) => {
  if (isNestedAtMost(value, MAX_DEPTH)) return value;
  ctx.addIssue({ code: "custom", message: withMessage("segment.too-deep").error });
  return z.NEVER;
}, Node);

/** The definition of a segment, as a tree of conditions. */
export const Rule = Shallow.refine(
  (rule) => listNodes(rule).length <= MAX_NODES,
  withMessage("segment.too-large"),
);

export const isGroup = (rule: Rule): rule is Group => "of" in rule;

/** Lists a rule and everything below it. */
export const listNodes = (rule: Rule): Rule[] =>
  isGroup(rule) ? [rule, ...rule.of.flatMap(listNodes)] : [rule];

/** Lists a rule and everything below it, each with its JSON pointer. */
export const listNodesWithPaths = (rule: Rule, path = ""): { path: string; node: Rule }[] => [
  { path, node: rule },
  ...(isGroup(rule)
    ? rule.of.flatMap((inner, index) => listNodesWithPaths(inner, `${path}/of/${index}`))
    : []),
];

/** True if unread groups are nested in at most so many levels. Walks level by level, so no depth overflows the stack. */
function isNestedAtMost(value: unknown, levels: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; depth < levels; depth++) {
    level = level.flatMap((node): unknown[] =>
      typeof node === "object" && node !== null && "of" in node && Array.isArray(node.of)
        ? node.of
        : [],
    );
    if (level.length === 0) return true;
  }
  return false;
}
