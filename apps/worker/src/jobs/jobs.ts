import type { Job } from "./define-job.ts";
import { deliverWebhooks } from "./deliver-webhooks.ts";
import { pullVicidial } from "./pull-vicidial.ts";
import { runFormCheck } from "./run-form-check.ts";
import { runImport } from "./run-import.ts";
import { runScrub } from "./run-scrub.ts";
import { sweepDeliveries } from "./sweep-deliveries.ts";
import { sendConfirmation } from "./send-confirmation.ts";
import { sweepRegistries } from "./sweep-registries.ts";
import { sweepRetention } from "./sweep-retention.ts";
import { sweepVicidial } from "./sweep-vicidial.ts";
import { sweepScreenings } from "./sweep-screenings.ts";
import { syncRegistry } from "./sync-registry.ts";

/** All that workers do. */
export const jobs: readonly Job[] = [
  deliverWebhooks,
  sweepDeliveries,
  pullVicidial,
  sweepVicidial,
  sweepRegistries,
  sweepRetention,
  sweepScreenings,
  syncRegistry,
  runImport,
  runScrub,
  runFormCheck,
  sendConfirmation,
];
