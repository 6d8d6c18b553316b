import { z } from "zod";
import { SegmentId } from "../../platform/ids.ts";
import { type KnownSegment, segmentsBehind } from "./known-segments.ts";

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
