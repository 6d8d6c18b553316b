import type { Db } from "@ringfence/db";
import type { Post } from "@ringfence/services/message-sender";
import type { FileStore } from "@ringfence/services/platform/files";
import type { Keys } from "@ringfence/services/platform/keys";
import type { ColumnStore } from "@ringfence/services/audience/segment/columns";
import type { z } from "zod";
import type { SourceSettings } from "../../sources/source-settings.ts";

/** What a job is given beside its payload. */
export type JobTools = {
  db: Db;
  keys: Keys;
  /** Where rules are asked of many; left out, the database answers alone. */
  columns?: ColumnStore | undefined;
  files: FileStore;
  sources: SourceSettings;
  /** What carries messages to people. */
  post: Post;
  /** Where people reach the pages. */
  publicUrl: string;
  /** By which the queue knows this process. */
  worker: string;
  /** Aborts when the worker is asked to stop. */
  signal: AbortSignal;
};

export type Job = {
  name: string;
  /** `express` is a lane of its own, which long work never fills: others wait for these. */
  lane?: "express";
  /** Runs by itself at these times (UTC, five fields). */
  cron?: string;
  perform: (payload: unknown, tools: JobTools) => Promise<void>;
};

/**
 * A job as the queue knows it. It may be killed at any point and run again. Its payload holds ids
 * only, for it outlives the erasure of a person.
 */
export function defineJob<Payload>({
  payload: schema,
  run,
  ...job
}: Omit<Job, "perform"> & {
  payload: z.ZodType<Payload>;
  run: (payload: Payload, tools: JobTools) => Promise<void>;
}): Job {
  return { ...job, perform: (payload, tools) => run(schema.parse(payload), tools) };
}
