import { listJobs } from "./platform/job.ts";
import { runJobs } from "./platform/run/start-run.ts";
import { nouns } from "./verbs.ts";

/** Every job that services queue. The worker has to do each of them. */
export const allJobs = [...Object.values(runJobs), ...nouns.flatMap(listJobs)];
