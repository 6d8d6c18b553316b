import { MisreadOptOutId } from "@ringfence/core/ids";
import { ListOptOuts, RecordOptOut } from "@ringfence/core/opt-out";
import { listMisreadOptOuts, listOptOuts, mendOptOut, optOut } from "@ringfence/services/opt-out";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { memberProcedure } from "./trpc";

export const optOutRouter = {
  list: memberProcedure.input(ListOptOuts).query(({ ctx, input }) => listOptOuts(ctx, input)),

  misread: memberProcedure.query(({ ctx }) => listMisreadOptOuts(ctx)),

  record: memberProcedure.input(RecordOptOut).mutation(({ ctx, input }) => optOut(ctx, input)),

  mend: memberProcedure
    .input(z.object({ id: MisreadOptOutId, phone: z.string().max(256) }))
    .mutation(({ ctx, input }) => mendOptOut(ctx, input)),
} satisfies TRPCRouterRecord;
