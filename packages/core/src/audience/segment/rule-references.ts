import { z } from "zod";
import { SegmentId } from "../../platform/ids.ts";
import { type Rule, listNodes } from "./rule.ts";

/** A segment that rules can refer to. */
export type KnownSegment = { id: SegmentId; name: string; rule: Rule };
export type KnownSegments = ReadonlyMap<SegmentId, KnownSegment>;

/** Lists the segments that a rule names directly. */
export const findNamedSegments = (rule: Rule): SegmentId[] =>
  listNodes(rule).flatMap((node) => (node.is === "segment" ? [node.segment] : []));

/**
 * Collects segments and everything that they depend on, each once, even if they depend on each other. The ID of a
 * missing segment is included.
 */
export function collectSegments(ids: readonly SegmentId[], segments: KnownSegments): SegmentId[] {
  const seen = new Set<SegmentId>();
  const unseen = [...ids];
  for (let named = unseen.pop(); named !== undefined; named = unseen.pop()) {
    if (seen.has(named)) continue;
    seen.add(named);
    const segment = segments.get(named);
    if (segment) unseen.push(...findNamedSegments(segment.rule));
  }
  return [...seen];
}

/** True if a rule depends on a segment, directly or through others. */
export const dependsOn = (rule: Rule, id: SegmentId, segments: KnownSegments): boolean =>
  collectSegments(findNamedSegments(rule), segments).includes(id);

/** Lists the nodes of a rule, and of each segment that it depends on. */
export const listAllNodes = (rule: Rule, segments: KnownSegments): Rule[] => [
  ...listNodes(rule),
  ...collectSegments(findNamedSegments(rule), segments).flatMap((id) => {
    const segment = segments.get(id);
    return segment ? listNodes(segment.rule) : [];
  }),
];

/**
 * Conditions about what a person did or how they responded, not about what they told us. A new kind must be decided here:
 * one that is wrongly false keeps people in a segment who opted out of profiling.
 */
const isBehavior: Readonly<Record<Rule["is"], boolean>> = {
  activity: true,
  occasion: true,
  sequence: true,
  ranking: true,
  calls: true,
  attribute: false,
  consent: false,
  preference: false,
  segment: false,
  all: false,
  any: false,
  none: false,
};

/**
 * True if a rule, or a segment that it depends on, judges behavior. Then nobody who opted out of profiling is a member,
 * even if the condition is that somebody did not do something.
 */
export const usesBehavior = (rule: Rule, segments: KnownSegments): boolean =>
  listAllNodes(rule, segments).some((node) => isBehavior[node.is]);

const activityKinds = new Set<Rule["is"]>(["activity", "occasion", "sequence", "preference"]);

/**
 * True if membership can be updated person by person as activities arrive: the rule asks about activities, and each of
 * them changes it only for the person who did it. A ranking also moves others, so its rule is evaluated for everyone.
 * Recorded calls are not activities: the next refresh finds what they change.
 */
export function canFollowActivities(rule: Rule, segments: KnownSegments): boolean {
  const nodes = listAllNodes(rule, segments);
  return nodes.some(({ is }) => activityKinds.has(is)) && !nodes.some(({ is }) => is === "ranking");
}

/** Versions of a segment's own rule and of every segment that it depends on. */
export const RuleVersions = z.array(z.object({ segment: SegmentId, version: z.int() }));
export type RuleVersions = z.infer<typeof RuleVersions>;

type Versioned = ReadonlyMap<SegmentId, KnownSegment & { version: number }>;

/** Collects the current versions of segments and everything that they depend on. Leaves out missing segments. */
export const collectVersions = (ids: readonly SegmentId[], segments: Versioned): RuleVersions =>
  collectSegments(ids, segments)
    .toSorted()
    .flatMap((segment) => {
      const version = segments.get(segment)?.version;
      return version === undefined ? [] : [{ segment, version }];
    });

/**
 * Lists the segments that were changed or archived since these versions were noted. Empty if the rules are still the
 * same, because the versions include every segment that they depend on. `segments` must not include archived ones (the
 * default of `loadSegments`).
 */
export const findChangedSegments = (versions: RuleVersions, segments: Versioned): SegmentId[] =>
  versions.flatMap(({ segment, version }) =>
    segments.get(segment)?.version === version ? [] : [segment],
  );
