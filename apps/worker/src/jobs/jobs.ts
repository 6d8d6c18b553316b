import type { Job } from "./define-job.ts";
import { runFormCheck } from "./run-form-check.ts";
import { runImport } from "./run-import.ts";
import { runScrub } from "./run-scrub.ts";
import { sendConfirmation } from "./send-confirmation.ts";
import { sweepRegistries } from "./sweep-registries.ts";
import { sweepRetention } from "./sweep-retention.ts";
import { sweepScreenings } from "./sweep-screenings.ts";
import { syncRegistry } from "./sync-registry.ts";

/** All that workers do. */
export const jobs: readonly Job[] = [
  sweepRegistries,
  sweepRetention,
  sweepScreenings,
  syncRegistry,
  runImport,
  runScrub,
  runFormCheck,
  sendConfirmation,
];
