import {
  ChangeDialer,
  ChangeEndpoint,
  ListDeliveries,
  MakeEndpoint,
  NewDialer,
  ReplayDeliveries,
} from "@ringfence/core/endpoint";
import { EndpointId } from "@ringfence/core/ids";
import {
  changeDialer,
  changeEndpoint,
  connectDialer,
  listDeliveries,
  listEndpoints,
  makeEndpoint,
  readDialer,
  replayDeliveries,
  rotateSecret,
} from "@ringfence/services/endpoint";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { memberProcedure } from "./trpc";

export const endpointRouter = {
  list: memberProcedure.query(({ ctx }) => listEndpoints(ctx)),

  deliveries: memberProcedure
    .input(ListDeliveries)
    .query(({ ctx, input }) => listDeliveries(ctx, input)),

  make: memberProcedure.input(MakeEndpoint).mutation(({ ctx, input }) => makeEndpoint(ctx, input)),

  connect: memberProcedure.input(NewDialer).mutation(({ ctx, input }) => connectDialer(ctx, input)),

  /** How it is spoken to, without what opens it. */
  dialer: memberProcedure
    .input(z.object({ endpointId: EndpointId }))
    .query(({ ctx, input }) => readDialer(ctx, input.endpointId)),

  changeDialer: memberProcedure
    .input(ChangeDialer)
    .mutation(({ ctx, input }) => changeDialer(ctx, input)),

  change: memberProcedure
    .input(ChangeEndpoint)
    .mutation(({ ctx, input }) => changeEndpoint(ctx, input)),

  rotate: memberProcedure
    .input(z.object({ endpointId: EndpointId }))
    .mutation(({ ctx, input }) => rotateSecret(ctx, input.endpointId)),

  replay: memberProcedure
    .input(ReplayDeliveries)
    .mutation(({ ctx, input }) => replayDeliveries(ctx, input)),
} satisfies TRPCRouterRecord;
