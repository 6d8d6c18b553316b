import { MemberId, SessionId } from "@ringfence/core/ids";
import {
  AddMember,
  ChangeMember,
  ChangeOwnPassword,
  ChangeOwnSettings,
} from "@ringfence/core/member";
import {
  addMember,
  changeMember,
  changeOwnPassword,
  changeOwnSettings,
  endSession,
  giveFirstPassword,
  listMembers,
  ownSessions,
  readMember,
  removeMember,
} from "@ringfence/services/member";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { memberProcedure, newcomerProcedure } from "./trpc";

const Which = z.object({ memberId: MemberId });

export const memberRouter = {
  changeOwnSettings: memberProcedure
    .input(ChangeOwnSettings)
    .mutation(({ ctx, input }) => changeOwnSettings(ctx, input)),

  changeOwnPassword: newcomerProcedure
    .input(ChangeOwnPassword)
    .mutation(({ ctx, input }) =>
      changeOwnPassword(ctx, { ...input, sessionId: ctx.member.sessionId }),
    ),

  list: memberProcedure.query(({ ctx }) => listMembers(ctx)),

  read: memberProcedure.input(Which).query(({ ctx, input }) => readMember(ctx, input.memberId)),

  add: memberProcedure.input(AddMember).mutation(({ ctx, input }) => addMember(ctx, input)),

  change: memberProcedure
    .input(ChangeMember)
    .mutation(({ ctx, input }) => changeMember(ctx, input)),

  giveFirstPassword: memberProcedure
    .input(Which)
    .mutation(({ ctx, input }) => giveFirstPassword(ctx, input.memberId)),

  remove: memberProcedure
    .input(Which)
    .mutation(({ ctx, input }) => removeMember(ctx, input.memberId)),

  sessions: memberProcedure.query(({ ctx }) => ownSessions(ctx)),

  endSession: memberProcedure
    .input(z.object({ sessionId: SessionId }))
    .mutation(({ ctx, input }) => endSession(ctx, input)),
} satisfies TRPCRouterRecord;
