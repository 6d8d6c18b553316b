import { ListComplaints } from "@ringfence/core/complaint";
import { ComplaintId } from "@ringfence/core/ids";
import { listComplaints, settleComplaint } from "@ringfence/services/complaint";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { memberProcedure } from "./trpc";

export const complaintRouter = {
  list: memberProcedure.input(ListComplaints).query(({ ctx, input }) => listComplaints(ctx, input)),

  settle: memberProcedure
    .input(z.object({ id: ComplaintId }))
    .mutation(({ ctx, input }) => settleComplaint(ctx, input)),
} satisfies TRPCRouterRecord;
