import { deleteOldAnswers } from "@ringfence/services/platform/idempotency";
import { forgetMailboxes } from "@ringfence/services/do-not-call/opt-out";
import { forgetChallenges } from "@ringfence/services/do-not-call/burst";
import { eraseOrphanScrubFiles } from "@ringfence/services/calling/scrub";
import { forgetPermits } from "@ringfence/services/calling/screening";
import { deleteExpiredTokens } from "@ringfence/services/consents/capture-form";
import { defineSweep } from "./define-job.ts";

/** Deletes, every hour, what has passed its retention period, and files that a killed process left behind. */
export const sweepRetention = defineSweep(
  { name: "retention.sweep", cron: "7 * * * *" },
  async ({ db, files }) => {
    await deleteOldAnswers(db);
    await forgetPermits(db);
    await deleteExpiredTokens(db);
    await forgetMailboxes(db);
    await forgetChallenges(db);
    await eraseOrphanScrubFiles({ db, files });
  },
);
