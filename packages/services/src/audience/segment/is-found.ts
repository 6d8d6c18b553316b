import { changedSince, RuleVersions } from "@ringfence/core/audience/segment";
import type { knownSegmentsOf } from "./known-segments-of.ts";

/** Whether the people of a segment were found by the rules in force: its own, and all that it rests on. */
export function isFound(
  { refreshedWith }: { refreshedWith: unknown },
  segments: Awaited<ReturnType<typeof knownSegmentsOf>>,
): boolean {
  const found = RuleVersions.safeParse(refreshedWith).data;
  return found !== undefined && changedSince(found, segments).length === 0;
}
