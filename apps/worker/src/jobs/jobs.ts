import type { Job } from "./define-job.ts";
import { refreshSegment } from "./refresh-segment.ts";
import { runImport } from "./run-import.ts";
import { runScrub } from "./run-scrub.ts";
import { sweepRegistries } from "./sweep-registries.ts";
import { sweepRetention } from "./sweep-retention.ts";
import { sweepSegments } from "./sweep-segments.ts";
import { syncRegistry } from "./sync-registry.ts";

/** All that workers do. */
export const jobs: readonly Job[] = [
  sweepRegistries,
  sweepRetention,
  syncRegistry,
  runImport,
  runScrub,
  sweepSegments,
  refreshSegment,
];
