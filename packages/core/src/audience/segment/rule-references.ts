import { SegmentId } from "../../platform/ids.ts";
import { type Rule, nodesOf } from "./rule.ts";
import { z } from "zod";

/** A segment as rules name it. */
export type KnownSegment = { id: SegmentId; name: string; rule: Rule };
export type KnownSegments = ReadonlyMap<SegmentId, KnownSegment>;

/** The segments that a rule names itself. */
export const namedIn = (rule: Rule): SegmentId[] =>
  nodesOf(rule).flatMap((node) => (node.is === "segment" ? [node.segment] : []));

/** Some segments and all that they rest on, each once. One that is not there any more leads nowhere. */
export function segmentsBehind(ids: readonly SegmentId[], segments: KnownSegments): SegmentId[] {
  const seen = new Set<SegmentId>();
  const waiting = [...ids];
  for (let named = waiting.pop(); named !== undefined; named = waiting.pop()) {
    if (seen.has(named)) continue;
    seen.add(named);
    const segment = segments.get(named);
    if (segment) waiting.push(...namedIn(segment.rule));
  }
  return [...seen];
}

/** Whether a segment rests on another, through whichever between. */
export const restsOn = (rule: Rule, id: SegmentId, segments: KnownSegments): boolean =>
  segmentsBehind(namedIn(rule), segments).includes(id);

/** A rule and all that is below it, also in the segments that it rests on, each of these once. */
export const nodesThrough = (rule: Rule, segments: KnownSegments): Rule[] => [
  ...nodesOf(rule),
  ...segmentsBehind(namedIn(rule), segments).flatMap((id) => {
    const segment = segments.get(id);
    return segment ? nodesOf(segment.rule) : [];
  }),
];

/** What a person did or how they answered; what they told us of themselves is none. */
const behavior = new Set<Rule["is"]>(["activity", "occasion", "sequence", "ranking", "calls"]);

/**
 * Whether a rule, or a segment that it rests on, judges people by their behavior: who refused profiling
 * is in no such segment, also in one of those who did something not (design 3, opt-out).
 */
export const isByBehavior = (rule: Rule, segments: KnownSegments): boolean =>
  nodesThrough(rule, segments).some((node) => behavior.has(node.is));

const byActivity = new Set<Rule["is"]>(["activity", "occasion", "sequence", "preference"]);

/**
 * Whether activities of some people change who is in a segment, and of nobody but them. Among all who ever
 * did something, what one does moves others: such a rule is asked of everybody or of none.
 */
export function followsActivities(rule: Rule, segments: KnownSegments): boolean {
  const nodes = nodesThrough(rule, segments);
  return nodes.some(({ is }) => byActivity.has(is)) && !nodes.some(({ is }) => is === "ranking");
}

/** By which version of each segment people are meant: of their own, and of all that it rests on. */
export const RuleVersions = z.array(z.object({ segment: SegmentId, version: z.int() }));
export type RuleVersions = z.infer<typeof RuleVersions>;

type Versioned = ReadonlyMap<SegmentId, KnownSegment & { version: number }>;

/** What some segments mean as they stand now, down to the last that any of them names. */
export const versionsBehind = (ids: readonly SegmentId[], segments: Versioned): RuleVersions =>
  segmentsBehind(ids, segments)
    .toSorted()
    .flatMap((segment) => {
      const version = segments.get(segment)?.version;
      return version === undefined ? [] : [{ segment, version }];
    });

/**
 * The segments that were changed or put away since; none where the same people are meant. What one rests
 * on is named by a version of it, so that whoever compares these compares all of it.
 */
export const changedSince = (versions: RuleVersions, segments: Versioned): SegmentId[] =>
  versions.flatMap(({ segment, version }) =>
    segments.get(segment)?.version === version ? [] : [segment],
  );
