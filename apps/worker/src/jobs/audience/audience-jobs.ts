import {
  queueCampaignWatches,
  watchCampaigns as watch,
  watchCampaignsJob,
} from "@ringfence/services/audience/campaign";
import { runLawPreview as makePreview } from "@ringfence/services/audience/law-preview";
import {
  queueDueTrainings,
  trainRelevance as train,
  trainRelevanceJob,
} from "@ringfence/services/audience/relevance";
import {
  followActivities as follow,
  queueDueRefreshes,
  refreshSegment as refresh,
  refreshSegmentJob,
  screenSegment as screen,
  screenSegmentJob,
} from "@ringfence/services/audience/segment";
import { followActivitiesJob } from "@ringfence/services/people/activity";
import { defineSweep, performJob } from "../platform/define-job.ts";
import { defineRun } from "../platform/define-run.ts";

// Each job is exported under the name of the verb that it calls, which is imported under a shorter one.

/** Queues a job for each segment whose size is out of date, so that a slow one delays no other. */
export const sweepSegments = defineSweep(
  { name: "segment.sweep", cron: "*/15 * * * *" },
  ({ db }) => queueDueRefreshes(db),
);

/** Finds the people of a segment anew, in the columns that this process has loaded. */
export const refreshSegment = performJob(
  refreshSegmentJob,
  (ctx, { segmentId }, { columns }) => refresh({ ...ctx, columns }, segmentId),
  { lane: "long" },
);

/** Checks again which segments people are in after activities of theirs arrived. */
export const followActivities = performJob(followActivitiesJob, (ctx) => follow(ctx));

/** Finds which people of a segment may be called, and what stops the others. */
export const screenSegment = performJob(screenSegmentJob, (ctx, segment) => screen(ctx, segment), {
  lane: "long",
});

/**
 * Queues a job for each organization with running campaigns, every five minutes, which pauses those that exceed their
 * refusal limit. Call logs make that happen at once, but they do not report an opt-out that was made on a page or by
 * text message.
 */
export const sweepCampaigns = defineSweep(
  { name: "campaign.sweep", cron: "*/5 * * * *" },
  ({ db }) => queueCampaignWatches(db),
);

/** Counts the refusals again when several call logs that came at once are all on record, and pauses campaigns. */
export const watchCampaigns = performJob(watchCampaignsJob, (ctx) => watch(ctx));

/** Queues a job for each organization where it is night: models are trained while nobody calls. */
export const sweepRelevance = defineSweep(
  { name: "relevance.sweep", cron: "20,50 * * * *" },
  ({ db }) => queueDueTrainings(db),
);

/** Learns from an organization's own calls which calls are accepted. */
export const trainRelevance = performJob(trainRelevanceJob, (ctx) => train(ctx), { lane: "long" });

/**
 * Judges recent calls, and the people in running campaigns, by the law of a future day or under a draft of a policy. A
 * run that is stopped, or whose `claim` another worker has taken over, ends at the next report of progress.
 */
export const previewLaw = defineRun(
  "law.preview",
  async ({ ctx, subjectId: previewId, claim, signal, report }) => {
    const { calls } = await makePreview(ctx, {
      previewId,
      claim,
      onProgress(progress) {
        signal.throwIfAborted();
        report(progress);
      },
    });
    const { judged, newlyRefused, newlyAllowed } = calls;
    return { judged, newlyRefused, newlyAllowed };
  },
);
