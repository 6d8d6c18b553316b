import path from "node:path";
import { ImportId } from "@ringfence/core/ids";
import {
  auditDigestJob,
  startAuditDigests,
  stateAuditDigests as stateDigests,
} from "@ringfence/services/desk/audit-log";
import {
  sendAnswer as sendComplaintAnswer,
  sendAnswerJob,
} from "@ringfence/services/desk/complaint";
import {
  eraseFromFiles as erase,
  eraseFromFilesJob,
  reviveFileErasures,
} from "@ringfence/services/desk/erasure";
import { runImport as importFile } from "@ringfence/services/desk/import";
import {
  sendReport as mailReport,
  sendReportJob,
  startDueReports,
} from "@ringfence/services/desk/report";
import {
  countOverview as count,
  countOverviewJob,
  startDueOverviews,
} from "@ringfence/services/desk/overview";
import {
  revivePersonCodes,
  sendPersonCode as send,
  sendPersonCodeJob,
} from "@ringfence/services/desk/own-record";
import {
  removeExpired as remove,
  removeExpiredJob,
  startSweeps,
} from "@ringfence/services/desk/retention";
import { mailIfSet } from "../../mail-and-sms.ts";
import { defineSweep, performJob } from "../platform/define-job.ts";
import { defineRun } from "../platform/define-run.ts";

/** Folder of the fonts for PDFs. */
const fontFolder = path.resolve(import.meta.dirname, "../../../../../packages/services/fonts");

/** Puts the rows of an uploaded file on record. After a crash it starts over. */
export const runImport = defineRun("import.run", ({ ctx, subjectId, attempt, signal, report }) =>
  importFile(ctx, {
    importId: ImportId.parse(subjectId),
    attempt,
    onProgress(progress) {
      signal.throwIfAborted();
      report(progress);
    },
  }),
);

/** Mails the answer to a complaint, and retries if the server rejects it. */
export const sendAnswer = performJob(
  sendAnswerJob,
  (ctx, { eventId }, { messageSender, publicUrl }) =>
    sendComplaintAnswer({ ...ctx, messageSender, publicUrl }, eventId),
);

/** Takes erased people out of an organization's files: uploads, results, the blocked list, recordings and scans. */
export const eraseFromFiles = performJob(eraseFromFilesJob, (ctx) => erase(ctx), { lane: "long" });

/** Queues the removal of erased people from files again, because a run may have been using one of them. */
export const sweepFileErasures = defineSweep(
  { name: "erasure.sweep", cron: "*/5 * * * *", lane: "express" },
  ({ db }) => reviveFileErasures(db),
);

/** Sends a code to the phone of a person who wants to see their data. */
export const sendPersonCode = performJob(
  sendPersonCodeJob,
  (ctx, { personCodeId }, { messageSender }) => send({ ...ctx, messageSender }, personCodeId),
  { lane: "express" },
);

/** Queues overdue codes again, every minute, because a person is waiting. */
export const sweepPersonCodes = defineSweep(
  { name: "person-code.sweep", cron: "* * * * *", lane: "express" },
  ({ db }) => revivePersonCodes(db),
);

/** Queues a job for each organization whose overview is old, every five minutes. */
export const sweepOverviews = defineSweep(
  { name: "overview.sweep", cron: "*/5 * * * *", lane: "express" },
  ({ db }) => startDueOverviews(db),
);

/** Counts what an organization's overview shows. */
export const countOverview = performJob(countOverviewJob, (ctx) => count(ctx));

/** Queues the weekly reports that are due, four times an hour, since zones begin their Monday at any quarter. */
export const sweepReports = defineSweep(
  { name: "report.sweep", cron: "*/15 * * * *", lane: "express" },
  ({ db }) => startDueReports(db),
);

/** Mails a member the weekly report, and retries if the server rejects it. */
export const sendReport = performJob(
  sendReportJob,
  (ctx, { memberId }, { messageSender, publicUrl }) =>
    mailIfSet(messageSender, () =>
      mailReport({ ...ctx, messageSender, publicUrl, fontFolder }, memberId),
    ),
);

/** Queues a sweep for each organization with a published retention policy, every night (UTC). */
export const sweepRetentionPolicies = defineSweep(
  { name: "retention.start", cron: "40 1 * * *" },
  ({ db }) => startSweeps(db),
);

/** Removes what an organization no longer keeps. Killed, it goes on with the next batch. */
export const removeExpired = performJob(
  removeExpiredJob,
  (ctx, _, { signal }) => remove(ctx, { signal }),
  { lane: "long" },
);

/**
 * Queues the digests of the audit trail for each organization that has a day to state: half an hour after midnight (UTC),
 * and every hour for what an outage left.
 */
export const sweepAuditDigests = defineSweep(
  { name: "audit.digest-start", cron: "35 * * * *" },
  ({ db }) => startAuditDigests(db),
);

/**
 * States the digests of an organization's audit trail, one day at a time. After a crash, it continues with the next
 * day.
 */
export const stateAuditDigests = performJob(auditDigestJob, (ctx, _, { signal }) =>
  stateDigests(ctx, { signal }),
);
