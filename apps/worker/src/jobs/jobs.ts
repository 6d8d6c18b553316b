import type { Job } from "./define-job.ts";
import { runImport } from "./run-import.ts";
import { runScrub } from "./run-scrub.ts";
import { sendConfirmation } from "./send-confirmation.ts";
import { sweepRegistries } from "./sweep-registries.ts";
import { sweepRetention } from "./sweep-retention.ts";
import { syncRegistry } from "./sync-registry.ts";

/** All that workers do. */
export const jobs: readonly Job[] = [
  sweepRegistries,
  sweepRetention,
  syncRegistry,
  runImport,
  runScrub,
  sendConfirmation,
];
