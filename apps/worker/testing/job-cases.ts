import type { Everything } from "@ringfence/services/testing/organization-with-everything";

export type JobCase = {
  /** Payload that names records of an organization, apart from the organization itself. */
  payload: (of: JobRecords) => object;
  /** Why the job names nothing but the organization, if it does not. */
  reason?: string;
};

/** An organization with everything, with a waiting run of each kind and a dialer. */
export type JobRecords = Everything & {
  runIds: Readonly<Record<string, string>>;
  dialerId: string;
};

const names = (payload: JobCase["payload"]): JobCase => ({ payload });
const namesNothing = (reason: string): JobCase => ({ payload: () => ({}), reason });
const run = (job: string) => names(({ runIds }) => ({ runId: runIds[job] }));

/** Every job that services queue. */
export const jobCases: Readonly<Record<string, JobCase>> = {
  "registry.sync": run("registry.sync"),
  "scrub.run": run("scrub.run"),
  "import.run": run("import.run"),
  "form.check": run("form.check"),
  "law.preview": run("law.preview"),
  "member-link.send": names(({ memberLinkId }) => ({ memberLinkId })),
  "account-notice.send": names(({ ownerId: memberId }) => ({ memberId, notice: "factors-reset" })),
  "api-key.new-network": namesNothing("it announces all new networks of an organization"),
  "api-key-alarm.send": names(({ apiKeyId, ownerId: memberId }) => ({ apiKeyId, memberId })),
  "segment.refresh": names(({ segmentId }) => ({ segmentId })),
  "segment.screen": names(({ segmentId }) => ({ segmentId })),
  "segment.follow": namesNothing("it follows all new activities of an organization"),
  "campaign.watch": namesNothing("it watches all campaigns of an organization"),
  "relevance.train": namesNothing("it learns from all calls of an organization"),
  "violation.scan": namesNothing("it judges all waiting calls of an organization"),
  "confirmation.send": names(({ confirmationId }) => ({ confirmationId })),
  "complaint.answer": names(({ mailedAnswerId: eventId }) => ({ eventId })),
  "erasure.files": namesNothing("it erases from all files of an organization"),
  "person-code.send": names(({ personCodeId }) => ({ personCodeId })),
  "webhook.deliver": names(({ endpointId }) => ({ endpointId })),
  "vicidial.pull": names(({ dialerId: endpointId }) => ({ endpointId })),
  "receipt.send": names(({ receiptMailId }) => ({ receiptMailId })),
  "burst-alarm.send": names(({ burstId, ownerId: memberId }) => ({ burstId, memberId })),
  "burst.lift": names(({ liftingId }) => ({ liftingId })),
  "registry-alert.send": names(({ alertId, ownerId: memberId }) => ({ alertId, memberId })),
  "registry.count": namesNothing("it counts all contacts of an organization"),
  "report.send": names(({ ownerId: memberId }) => ({ memberId })),
  "retention.remove": { payload: () => ({}) },
  "audit.digest": namesNothing("it states the whole audit trail of an organization"),
  "overview.count": namesNothing("it counts all of an organization"),
  "blocked-list.write": namesNothing("it writes the one list of an organization"),
};
