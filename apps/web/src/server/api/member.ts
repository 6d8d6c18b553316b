import { SessionId } from "@ringfence/core/ids";
import { ChangeOwnSettings } from "@ringfence/core/member";
import {
  changeOwnSettings,
  endSession,
  listMembers,
  ownSessions,
} from "@ringfence/services/member";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { memberProcedure } from "./trpc";

export const memberRouter = {
  changeOwnSettings: memberProcedure
    .input(ChangeOwnSettings)
    .mutation(({ ctx, input }) => changeOwnSettings(ctx, input)),

  list: memberProcedure.query(({ ctx }) => listMembers(ctx)),

  sessions: memberProcedure.query(({ ctx }) => ownSessions(ctx)),

  endSession: memberProcedure
    .input(z.object({ sessionId: SessionId }))
    .mutation(({ ctx, input }) => endSession(ctx, input)),
} satisfies TRPCRouterRecord;
