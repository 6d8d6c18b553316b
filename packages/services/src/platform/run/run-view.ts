import { StoredMessage } from "@ringfence/core/platform/message";
import { RunId } from "@ringfence/core/ids";
import { RunJob, RunProgress, AnyRunStatus } from "@ringfence/core/platform/run";
import { z } from "zod";

/** A run as people see it. */
export const RunView = z.object({
  id: RunId,
  job: RunJob,
  subjectId: z.uuid(),
  status: AnyRunStatus,
  attempt: z.number(),
  progress: RunProgress.nullable(),
  outcome: z.record(z.string(), z.unknown()).nullable(),
  error: StoredMessage.nullable(),
  createdAt: z.date(),
  startedAt: z.date().nullable(),
  /** When it last told how far it is. */
  heartbeatAt: z.date().nullable(),
  endedAt: z.date().nullable(),
});
export type RunView = z.infer<typeof RunView>;
