import { FileComplaint, ListComplaints } from "@ringfence/core/desk/complaint";
import { ComplaintId } from "@ringfence/core/ids";
import { fileComplaint, listComplaints, settleComplaint } from "@ringfence/services/desk/complaint";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { memberProcedure } from "./trpc";

export const complaintRouter = {
  list: memberProcedure.input(ListComplaints).query(({ ctx, input }) => listComplaints(ctx, input)),

  file: memberProcedure
    .input(FileComplaint)
    .mutation(({ ctx, input }) => fileComplaint(ctx, input)),

  settle: memberProcedure
    .input(z.object({ id: ComplaintId }))
    .mutation(({ ctx, input }) => settleComplaint(ctx, input)),
} satisfies TRPCRouterRecord;
