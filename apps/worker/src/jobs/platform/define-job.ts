import type { Db } from "@ringfence/db";
import type { Post } from "@ringfence/services/message-sender";
import type { FileStore } from "@ringfence/services/platform/files";
import type { Keys } from "@ringfence/services/platform/keys";
import type { ColumnStore } from "@ringfence/services/audience/segment/columns";
import type { z } from "zod";
import type { SourceSettings } from "../../sources/publication.ts";

/** Tools that a job gets beside its payload. */
export type JobTools = {
  db: Db;
  keys: Keys;
  /** Column store for rules about many people; if missing, the database answers alone. */
  columns?: ColumnStore | undefined;
  files: FileStore;
  sources: SourceSettings;
  /** Sends messages to people. */
  post: Post;
  /** Origin of the public pages. */
  publicUrl: string;
  /** Name by which the queue knows this process. */
  worker: string;
  /** Aborts when the worker is asked to stop. */
  signal: AbortSignal;
};

export type Job = {
  name: string;
  /** `express` is a separate lane that long work never fills, for jobs on which others wait. */
  lane?: "express";
  /** Runs by itself at these times (UTC, five fields). */
  cron?: string;
  perform: (payload: unknown, tools: JobTools) => Promise<void>;
};

/**
 * Defines a job for the queue. It may be killed at any point and run again. Its payload holds ids
 * only, because it outlives the erasure of a person.
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
