import * as account from "./account/account-jobs.ts";
import * as audience from "./audience/audience-jobs.ts";
import * as calling from "./calling/calling-jobs.ts";
import * as consents from "./consents/consents-jobs.ts";
import * as desk from "./desk/desk-jobs.ts";
import * as doNotCall from "./do-not-call/do-not-call-jobs.ts";
import { forgetNonces } from "@ringfence/services/account/api-key";
import { deleteOldAnswers } from "@ringfence/services/platform/idempotency";
import { forgetMailboxes } from "@ringfence/services/do-not-call/opt-out";
import { forgetChallenges } from "@ringfence/services/do-not-call/burst";
import { forgetPermits } from "@ringfence/services/calling/screening";
import { forgetPasskeyChallenges } from "@ringfence/services/account/second-factor";
import { forgetSignIns } from "@ringfence/services/account/member";
import { eraseOrphanedFiles } from "@ringfence/services/desk/erasure";
import { deleteExpiredTokens } from "@ringfence/services/consents/capture-form";
import { defineSweep, type Job } from "./platform/define-job.ts";
import { deliverWebhooks } from "./do-not-call/deliver-webhooks.ts";
import { pullVicidial } from "./do-not-call/pull-vicidial.ts";
import { syncRegistry } from "./do-not-call/sync-registry.ts";

/**
 * Deletes, every hour, what is stored for a fixed time only, such as answers to repeated requests, links and
 * challenges, and files that a killed process left behind. Records are removed by the organization's policy
 * (`removeExpired`).
 */
const sweepRetention = defineSweep(
  { name: "retention.sweep", cron: "7 * * * *" },
  async ({ db, files }) => {
    await deleteOldAnswers(db);
    await forgetPermits(db);
    await deleteExpiredTokens(db);
    await forgetMailboxes(db);
    await forgetChallenges(db);
    await forgetSignIns(db);
    await forgetPasskeyChallenges({ db });
    await eraseOrphanedFiles({ db, files });
  },
);

/** Deletes old nonces every five minutes: an API that takes thousands of signed requests a second saves as many. */
const sweepNonces = defineSweep({ name: "signature-nonce.sweep", cron: "*/5 * * * *" }, ({ db }) =>
  forgetNonces(db),
);

/** All jobs of the worker: those that services queue, and those that run at fixed times. */
export const jobs: readonly Job[] = [
  sweepRetention,
  sweepNonces,
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
