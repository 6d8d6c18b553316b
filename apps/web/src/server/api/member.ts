import { MemberId, SessionId } from "@ringfence/core/ids";
import {
  AddMember,
  ChangeMember,
  ChangeOwnPassword,
  ChangeOwnSettings,
  ChoosePassword,
} from "@ringfence/core/account/member";
import {
  addMember,
  changeMember,
  changeOwnPassword,
  changeOwnSettings,
  choosePasswordByLink,
  endSession,
  listMembers,
  listOwnSessions,
  readMember,
  removeMember,
  resetMember,
} from "@ringfence/services/account/member";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { env } from "@/env";
import { findDelivery } from "../delivery";
import { memberProcedure, newcomerProcedure, publicProcedure } from "./trpc";

const Which = z.object({ memberId: MemberId });

const isMailSet = () => findDelivery().email;

/** Returns the address of the link, or null if the link was mailed and nobody here may see it. */
const toLinkAddress = ({ link }: { link: string | null }) => ({
  address: link && `${env().PUBLIC_URL}/join/${link}`,
});

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

  add: memberProcedure
    .input(AddMember)
    .mutation(async ({ ctx, input }) =>
      toLinkAddress(await addMember(ctx, input, { isMailSet: isMailSet() })),
    ),

  change: memberProcedure
    .input(ChangeMember)
    .mutation(({ ctx, input }) => changeMember(ctx, input)),

  reset: memberProcedure
    .input(Which)
    .mutation(async ({ ctx, input }) =>
      toLinkAddress(await resetMember(ctx, input.memberId, { isMailSet: isMailSet() })),
    ),

  choosePassword: publicProcedure
    .input(ChoosePassword)
    .mutation(({ ctx, input }) => choosePasswordByLink(ctx, input)),

  remove: memberProcedure
    .input(Which)
    .mutation(({ ctx, input }) => removeMember(ctx, input.memberId)),

  sessions: memberProcedure.query(({ ctx }) => listOwnSessions(ctx)),

  endSession: memberProcedure
    .input(z.object({ sessionId: SessionId }))
    .mutation(({ ctx, input }) => endSession(ctx, input)),
} satisfies TRPCRouterRecord;
