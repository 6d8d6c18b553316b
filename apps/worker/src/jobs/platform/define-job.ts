import type { OrganizationId } from "@ringfence/core/ids";
import type { FileContext } from "@ringfence/services/context";
import type { z } from "zod";
import type { JobTools } from "../../job-tools.ts";

/** Parts of the queue that do not wait for each other: `start-worker.ts` says what each is for. */
export type LaneName = "long" | "usual" | "express";

/** A job without a lane is in the `usual` one. */
type Lane = { lane?: Exclude<LaneName, "usual"> };

export type Job = Lane & {
  name: string;
  /** Runs by itself at these times (UTC, five fields). */
  cron?: string;
  perform: (payload: unknown, tools: JobTools) => Promise<void>;
};

/**
 * Says how a worker does a job that services queue. It may be killed at any point and run again. `ctx` acts
 * for the organization of the job, in the job's name.
 */
export const performJob = <Payload extends { organizationId: OrganizationId }>(
  { name, payload: schema }: { name: string; payload: z.ZodType<Payload> },
  run: (
    ctx: FileContext,
    payload: Omit<Payload, "organizationId">,
    tools: JobTools,
  ) => Promise<unknown>,
  lane: Lane = {},
): Job => ({
  ...lane,
  name,
  async perform(input, tools) {
    const { organizationId, ...payload } = schema.parse(input);
    const { db, keys, files } = tools;
    const actor = { type: "job", name } as const;
    await run({ db, keys, files, organizationId, actor }, payload, tools);
  },
});

/** Defines a job that runs by itself, for all organizations. */
export const defineSweep = (
  { name, cron, ...lane }: Lane & { name: string; cron: string },
  run: (tools: JobTools) => Promise<unknown>,
): Job => ({
  ...lane,
  name,
  cron,
  async perform(_, tools) {
    await run(tools);
  },
});
