import { ViolationId } from "@ringfence/core/ids";
import {
  AssignViolation,
  CloseViolation,
  ListViolations,
  NoteViolation,
} from "@ringfence/core/calling/violation";
import {
  assignViolation,
  closeViolation,
  listViolations,
  noteViolation,
  readViolation,
} from "@ringfence/services/calling/violation";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { memberProcedure } from "./trpc";

export const violationRouter = {
  list: memberProcedure.input(ListViolations).query(({ ctx, input }) => listViolations(ctx, input)),

  read: memberProcedure
    .input(z.object({ violationId: ViolationId }))
    .query(({ ctx, input }) => readViolation(ctx, input.violationId)),

  assign: memberProcedure
    .input(AssignViolation)
    .mutation(({ ctx, input }) => assignViolation(ctx, input)),

  note: memberProcedure
    .input(NoteViolation)
    .mutation(({ ctx, input }) => noteViolation(ctx, input)),

  close: memberProcedure
    .input(CloseViolation)
    .mutation(({ ctx, input }) => closeViolation(ctx, input)),
} satisfies TRPCRouterRecord;
