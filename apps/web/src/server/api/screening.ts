import { ScreeningId } from "@ringfence/core/ids";
import { ScrubRow } from "@ringfence/core/calling/screening";
import { readScreening, screenAgain } from "@ringfence/services/calling/screening";
import { readScrubRow, screenRowAgain } from "@ringfence/services/calling/scrub";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { memberProcedure } from "./trpc";

const OneScreening = z.object({ screeningId: ScreeningId });

export const screeningRouter = {
  read: memberProcedure
    .input(OneScreening)
    .query(({ ctx, input }) => readScreening(ctx, input.screeningId)),

  readRow: memberProcedure.input(ScrubRow).query(({ ctx, input }) => readScrubRow(ctx, input)),

  again: memberProcedure
    .input(OneScreening)
    .mutation(({ ctx, input }) => screenAgain(ctx, input.screeningId)),

  rowAgain: memberProcedure
    .input(ScrubRow)
    .mutation(({ ctx, input }) => screenRowAgain(ctx, input)),
} satisfies TRPCRouterRecord;
