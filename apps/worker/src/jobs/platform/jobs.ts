import type { Job } from "./define-job.ts";
import * as account from "../account/account-jobs.ts";
import * as audience from "../audience/audience-jobs.ts";
import * as calling from "../calling/calling-jobs.ts";
import * as consents from "../consents/consents-jobs.ts";
import * as desk from "../desk/desk-jobs.ts";
import { deliverWebhooks } from "../do-not-call/deliver-webhooks.ts";
import * as doNotCall from "../do-not-call/do-not-call-jobs.ts";
import { pullVicidial } from "../do-not-call/pull-vicidial.ts";
import { syncRegistry } from "../do-not-call/sync-registry.ts";
import { sweepRetention } from "./sweep-retention.ts";

/** All jobs of the worker: those that services queue, and those that run at fixed times. */
export const jobs: readonly Job[] = [
  sweepRetention,
  ...Object.values(account),
  ...Object.values(doNotCall),
  deliverWebhooks,
  pullVicidial,
  syncRegistry,
  ...Object.values(consents),
  ...Object.values(calling),
  ...Object.values(audience),
  ...Object.values(desk),
];
