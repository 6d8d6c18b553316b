import { RegistryId } from "@ringfence/core/ids";
import {
  ChangeRegistry,
  ConnectRegistry,
  RegistryEditions,
  RollBackRegistry,
  SettleEdition,
} from "@ringfence/core/registry";
import {
  changeRegistry,
  connectRegistry,
  listRegistries,
  registryCoverage,
  registryEditions,
  requestSync,
  rollBackRegistry,
  settleEdition,
  viewRegistry,
} from "@ringfence/services/registry";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { memberProcedure } from "./trpc";

const OneRegistry = z.object({ registryId: RegistryId });

export const registryRouter = {
  list: memberProcedure.query(({ ctx }) => listRegistries(ctx)),

  coverage: memberProcedure.query(({ ctx }) => registryCoverage(ctx)),

  view: memberProcedure
    .input(OneRegistry)
    .query(({ ctx, input }) => viewRegistry(ctx, input.registryId)),

  editions: memberProcedure
    .input(RegistryEditions)
    .query(({ ctx, input }) => registryEditions(ctx, input)),

  connect: memberProcedure
    .input(ConnectRegistry)
    .mutation(({ ctx, input }) => connectRegistry(ctx, input)),

  change: memberProcedure
    .input(ChangeRegistry)
    .mutation(({ ctx, input }) => changeRegistry(ctx, input)),

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
