import { z } from "zod";
import { ActivityTypeKey } from "../../people/activity/index.ts";
import { Channel } from "../../people/phone/index.ts";
import { SegmentId, SellerId } from "../../platform/ids.ts";
import { said } from "../../platform/message/index.ts";
import { PurposeKey } from "../../account/purpose/index.ts";
import { storableText } from "../../platform/text/index.ts";
import { Span } from "./span.ts";
import { ValueTest } from "./value-test.ts";

/** `amount`, `category`, a property of the type, or `item.name`, `item.sku`, `item.category`. */
export const PropertyFilter = z.object({ property: storableText(64).min(1), is: ValueTest });
export type PropertyFilter = z.infer<typeof PropertyFilter>;

/** Activities of one type; with filters, only those that pass all. */
export const Deed = z.object({
  type: ActivityTypeKey,
  where: z.array(PropertyFilter).max(10).optional(),
});
export type Deed = z.infer<typeof Deed>;

export const Comparison = z.object({
  op: z.enum(["at-least", "at-most", "exactly"]),
  value: z.number().min(0).max(1e12),
});
export type Comparison = z.infer<typeof Comparison>;

const Attribute = z.object({
  is: z.literal("attribute"),
  /** The name of an attribute, or `@region`, `@country`, `@locale`, `@zone`, `@party`, `@name`, `@email`. */
  field: storableText(64).min(1),
  test: ValueTest,
});

/** How often something was done, or what it came to. Who never did it has done it 0 times, for 0. */
const Tally = z.object({
  is: z.literal("activity"),
  did: Deed,
  during: Span.optional(),
  /** `average` is that of the amounts there are; without one it is none. */
  measure: z.enum(["count", "sum", "average"]),
  compare: Comparison,
});

/** When something was done for the first or the last time. */
const Occasion = z.object({
  is: z.literal("occasion"),
  which: z.enum(["first", "last"]),
  did: Deed,
  when: Span,
});

/**
 * Something was done, and then another thing, or not, in so many times 24 hours. That it was not done is
 * known only when they are over.
 */
const Sequence = z.object({
  is: z.literal("sequence"),
  first: Deed,
  during: Span.optional(),
  next: Deed,
  withinDays: z.int().min(1).max(3_650),
  happened: z.boolean(),
});

/** Among all who ever did it: who did it most recently, most often, or for most. Equals are in together. */
const Ranking = z.object({
  is: z.literal("ranking"),
  type: ActivityTypeKey,
  by: z.enum(["recency", "frequency", "money"]),
  end: z.enum(["top", "bottom"]),
  percent: z.int().min(1).max(100),
});

/** How a person stands with any of their phones; `withdrawn` is a refusal too. */
const ConsentStanding = z.object({
  is: z.literal("consent"),
  standing: z.enum(["granted", "expired", "withdrawn"]),
  seller: SellerId,
  purpose: PurposeKey,
  channel: Channel,
});

/** What a person last said that they prefer. */
const Preference = z.object({
  is: z.literal("preference"),
  topic: storableText(200).min(1),
  values: z.array(storableText(200)).min(1).max(100),
});

/** How often a person was called, over all of their phones. */
const CallCount = z.object({
  is: z.literal("calls"),
  outcomes: z.array(storableText(64)).min(1).max(20).optional(),
  during: Span.optional(),
  compare: Comparison,
});

const OtherSegment = z.object({ is: z.literal("segment"), segment: SegmentId });

export const Leaf = z.discriminatedUnion("is", [
  Attribute,
  Tally,
  Occasion,
  Sequence,
  Ranking,
  ConsentStanding,
  Preference,
  CallCount,
  OtherSegment,
]);
export type Leaf = z.infer<typeof Leaf>;
export type LeafOf<Kind extends Leaf["is"]> = Extract<Leaf, { is: Kind }>;

/** All of some rules, any, or none. Of no rules, all and none are everybody, any is nobody. */
export type Group = { is: "all" | "any" | "none"; of: Rule[] };
export type Rule = Group | Leaf;

const MAX_DEPTH = 8;
const MAX_NODES = 100;

const Node: z.ZodType<Rule> = z.lazy(() => AnyNode);

const AnyNode = z.discriminatedUnion("is", [
  z.object({ is: z.enum(["all", "any", "none"]), of: z.array(Node).max(MAX_NODES) }),
  ...Leaf.options,
]);

/** Who is in a segment, as a tree. */
export const Rule = Node.refine(
  (rule) => depthOf(rule) <= MAX_DEPTH,
  said("segment.too-deep"),
).refine((rule) => nodesOf(rule).length <= MAX_NODES, said("segment.too-large"));

export const isGroup = (rule: Rule): rule is Group => "of" in rule;

/** A rule and all that is below it. */
export const nodesOf = (rule: Rule): Rule[] =>
  isGroup(rule) ? [rule, ...rule.of.flatMap(nodesOf)] : [rule];

/** The same, each at its place: a JSON pointer. */
export const nodesAt = (rule: Rule, path = ""): { path: string; node: Rule }[] => [
  { path, node: rule },
  ...(isGroup(rule)
    ? rule.of.flatMap((inner, index) => nodesAt(inner, `${path}/of/${index}`))
    : []),
];

const depthOf = (rule: Rule): number =>
  isGroup(rule) ? 1 + Math.max(0, ...rule.of.map(depthOf)) : 1;
