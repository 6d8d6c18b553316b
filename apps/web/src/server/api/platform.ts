import { RunId } from "@ringfence/core/ids";
import { listRuns, readRun } from "@ringfence/services/platform/run";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { memberProcedure } from "./trpc";

export const runRouter = {
  list: memberProcedure.input(listRuns.input).query(({ ctx, input }) => listRuns(ctx, input)),

  read: memberProcedure
    .input(z.object({ runId: RunId }))
    .query(({ ctx, input }) => readRun(ctx, input.runId)),
} satisfies TRPCRouterRecord;
