import { FileComplaint, ListComplaints, SettleComplaint } from "@ringfence/core/desk/complaint";
import { fileComplaint, listComplaints, settleComplaint } from "@ringfence/services/desk/complaint";
import type { TRPCRouterRecord } from "@trpc/server";
import { memberProcedure } from "./trpc";

export const complaintRouter = {
  list: memberProcedure.input(ListComplaints).query(({ ctx, input }) => listComplaints(ctx, input)),

  file: memberProcedure
    .input(FileComplaint)
    .mutation(({ ctx, input }) => fileComplaint(ctx, input)),

  settle: memberProcedure
    .input(SettleComplaint)
    .mutation(({ ctx, input }) => settleComplaint(ctx, input)),
} satisfies TRPCRouterRecord;
