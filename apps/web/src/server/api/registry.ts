import { RegistryId } from "@ringfence/core/ids";
import {
  ChangeRegistry,
  ConnectRegistry,
  DisconnectRegistry,
  OneEdition,
  RegistryEditions,
  RollBackRegistry,
  SetReadings,
  SettleDisconnection,
  SettleEdition,
  SilenceUnread,
  UnsilenceUnread,
  WasListed,
} from "@ringfence/core/do-not-call/registry";
import {
  cancelSync,
  changeRegistry,
  connectRegistry,
  contactCoverage,
  disconnectRegistry,
  editionDifference,
  listDisconnected,
  listRegistries,
  reconnectRegistry,
  registryCoverage,
  registryEditions,
  registryTrends,
  requestSync,
  rollBackRegistry,
  setReadings,
  settleDisconnection,
  settleEdition,
  silenceUnread,
  unsilenceUnread,
  viewDisconnection,
  viewRegistry,
  wasListed,
} from "@ringfence/services/do-not-call/registry";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { memberProcedure } from "./trpc";

const OneRegistry = z.object({ registryId: RegistryId });

export const registryRouter = {
  list: memberProcedure.query(({ ctx }) => listRegistries(ctx)),

  coverage: memberProcedure.query(({ ctx }) => registryCoverage(ctx)),

  contactCoverage: memberProcedure.query(({ ctx }) => contactCoverage(ctx)),

  trends: memberProcedure
    .input(OneRegistry.partial())
    .query(({ ctx, input }) => registryTrends(ctx, input)),

  view: memberProcedure
    .input(OneRegistry)
    .query(({ ctx, input }) => viewRegistry(ctx, input.registryId)),

  editions: memberProcedure
    .input(RegistryEditions)
    .query(({ ctx, input }) => registryEditions(ctx, input)),

  difference: memberProcedure
    .input(OneEdition)
    .query(({ ctx, input }) => editionDifference(ctx, input)),

  /** A mutation, for the number that is asked about stands in no address. */
  wasListed: memberProcedure.input(WasListed).mutation(({ ctx, input }) => wasListed(ctx, input)),

  connect: memberProcedure
    .input(ConnectRegistry)
    .mutation(({ ctx, input }) => connectRegistry(ctx, input)),

  disconnected: memberProcedure.query(({ ctx }) => listDisconnected(ctx)),

  disconnection: memberProcedure
    .input(OneRegistry)
    .query(({ ctx, input }) => viewDisconnection(ctx, input.registryId)),

  disconnect: memberProcedure
    .input(DisconnectRegistry)
    .mutation(({ ctx, input }) => disconnectRegistry(ctx, input)),

  settleDisconnection: memberProcedure
    .input(SettleDisconnection)
    .mutation(({ ctx, input }) => settleDisconnection(ctx, input)),

  silenceUnread: memberProcedure
    .input(SilenceUnread)
    .mutation(({ ctx, input }) => silenceUnread(ctx, input)),

  unsilenceUnread: memberProcedure
    .input(UnsilenceUnread)
    .mutation(({ ctx, input }) => unsilenceUnread(ctx, input)),

  reconnect: memberProcedure
    .input(OneRegistry)
    .mutation(({ ctx, input }) => reconnectRegistry(ctx, input.registryId)),

  change: memberProcedure
    .input(ChangeRegistry)
    .mutation(({ ctx, input }) => changeRegistry(ctx, input)),

  setReadings: memberProcedure
    .input(SetReadings)
    .mutation(({ ctx, input }) => setReadings(ctx, input)),

  cancel: memberProcedure
    .input(OneRegistry)
    .mutation(({ ctx, input }) => cancelSync(ctx, input.registryId)),

  sync: memberProcedure
    .input(OneRegistry)
    .mutation(({ ctx, input }) => requestSync(ctx, input.registryId)),

  rollBack: memberProcedure
    .input(RollBackRegistry)
    .mutation(({ ctx, input }) => rollBackRegistry(ctx, input)),

  settle: memberProcedure
    .input(SettleEdition)
    .mutation(({ ctx, input }) => settleEdition(ctx, input)),
} satisfies TRPCRouterRecord;
