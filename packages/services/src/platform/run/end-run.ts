import type { Message } from "@ringfence/core/platform/message";
import type { RunClaim } from "@ringfence/core/platform/run";
import type { ServiceContext } from "../context.ts";
import { failRun } from "./fail-run.ts";
import { finishRun, type RunOutcome } from "./finish-run.ts";

/** How a run ends; `error` is null where it did what it had to. */
export type RunEnd = { claim: RunClaim; outcome: RunOutcome; error: Message | null };

/** Ends a run, well or not. False: it was taken over. */
export const endRun = (ctx: ServiceContext, { claim, outcome, error }: RunEnd): Promise<boolean> =>
  error === null ? finishRun(ctx, { claim, outcome }) : failRun(ctx, { claim, outcome, error });
