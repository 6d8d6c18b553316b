import type { ScrubView } from "@ringfence/services/scrub";

/** How many bytes of a hundred are done, as a whole number; null before the first. */
export const percentOf = ({ progress }: Pick<ScrubView, "progress">) =>
  progress?.totalBytes ? Math.floor((progress.bytes / progress.totalBytes) * 100) : null;
