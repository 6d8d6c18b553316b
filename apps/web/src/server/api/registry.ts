import { RegistryId } from "@ringfence/core/ids";
import {
  ChangeRegistry,
  ConnectRegistry,
  DisconnectRegistry,
  EditionKey,
  ListEditions,
  RollBackRegistry,
  SetReadingSchedule,
  ReviewDisconnection,
  ReviewEdition,
  SilenceWarning,
  RestoreWarning,
  FindPastListings,
} from "@ringfence/core/do-not-call/registry";
import {
  cancelSync,
  changeRegistry,
  connectRegistry,
  readContactCoverage,
  disconnectRegistry,
  viewEditionChanges,
  listDisconnectedRegistries,
  listRegistries,
  reconnectRegistry,
  listRegistryCoverage,
  listEditions,
  listRegistryTrends,
  startSync,
  rollBackRegistry,
  setReadingSchedule,
  reviewDisconnection,
  reviewEdition,
  silenceWarning,
  restoreWarning,
  viewDisconnection,
  viewRegistry,
  findPastListings,
} from "@ringfence/services/do-not-call/registry";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { memberProcedure } from "./trpc";

const OneRegistry = z.object({ registryId: RegistryId });

export const registryRouter = {
  list: memberProcedure.query(({ ctx }) => listRegistries(ctx)),

  coverage: memberProcedure.query(({ ctx }) => listRegistryCoverage(ctx)),

  contactCoverage: memberProcedure.query(({ ctx }) => readContactCoverage(ctx)),

  trends: memberProcedure
    .input(OneRegistry.partial())
    .query(({ ctx, input }) => listRegistryTrends(ctx, input)),

  view: memberProcedure
    .input(OneRegistry)
    .query(({ ctx, input }) => viewRegistry(ctx, input.registryId)),

  editions: memberProcedure.input(ListEditions).query(({ ctx, input }) => listEditions(ctx, input)),

  difference: memberProcedure
    .input(EditionKey)
    .query(({ ctx, input }) => viewEditionChanges(ctx, input)),

  /** A mutation, so that the number does not appear in an address. */
  wasListed: memberProcedure
    .input(FindPastListings)
    .mutation(({ ctx, input }) => findPastListings(ctx, input)),

  connect: memberProcedure
    .input(ConnectRegistry)
    .mutation(({ ctx, input }) => connectRegistry(ctx, input)),

  disconnected: memberProcedure.query(({ ctx }) => listDisconnectedRegistries(ctx)),

  disconnection: memberProcedure
    .input(OneRegistry)
    .query(({ ctx, input }) => viewDisconnection(ctx, input.registryId)),

  disconnect: memberProcedure
    .input(DisconnectRegistry)
    .mutation(({ ctx, input }) => disconnectRegistry(ctx, input)),

  settleDisconnection: memberProcedure
    .input(ReviewDisconnection)
    .mutation(({ ctx, input }) => reviewDisconnection(ctx, input)),

  silenceUnread: memberProcedure
    .input(SilenceWarning)
    .mutation(({ ctx, input }) => silenceWarning(ctx, input)),

  unsilenceUnread: memberProcedure
    .input(RestoreWarning)
    .mutation(({ ctx, input }) => restoreWarning(ctx, input)),

  reconnect: memberProcedure
    .input(OneRegistry)
    .mutation(({ ctx, input }) => reconnectRegistry(ctx, input.registryId)),

  change: memberProcedure
    .input(ChangeRegistry)
    .mutation(({ ctx, input }) => changeRegistry(ctx, input)),

  setReadings: memberProcedure
    .input(SetReadingSchedule)
    .mutation(({ ctx, input }) => setReadingSchedule(ctx, input)),

  cancel: memberProcedure
    .input(OneRegistry)
    .mutation(({ ctx, input }) => cancelSync(ctx, input.registryId)),

  sync: memberProcedure
    .input(OneRegistry)
    .mutation(({ ctx, input }) => startSync(ctx, input.registryId)),

  rollBack: memberProcedure
    .input(RollBackRegistry)
    .mutation(({ ctx, input }) => rollBackRegistry(ctx, input)),

  settle: memberProcedure
    .input(ReviewEdition)
    .mutation(({ ctx, input }) => reviewEdition(ctx, input)),
} satisfies TRPCRouterRecord;
