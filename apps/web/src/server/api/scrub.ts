import { ScrubId } from "@ringfence/core/ids";
import { ListScrubs } from "@ringfence/core/calling/scrub";
import { listScrubs, readScrub, repeatScrub } from "@ringfence/services/calling/scrub";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { memberProcedure } from "./trpc";

const OneScrub = z.object({ scrubId: ScrubId });

export const scrubRouter = {
  list: memberProcedure.input(ListScrubs).query(({ ctx, input }) => listScrubs(ctx, input)),

  read: memberProcedure.input(OneScrub).query(({ ctx, input }) => readScrub(ctx, input.scrubId)),

  repeat: memberProcedure
    .input(OneScrub)
    .mutation(({ ctx, input }) => repeatScrub(ctx, input.scrubId)),
} satisfies TRPCRouterRecord;
