import {
  ChangeDialer,
  ChangeEndpoint,
  ListDeliveries,
  CreateWebhook,
  NewDialer,
  ReplayDeliveries,
} from "@ringfence/core/do-not-call/endpoint";
import { EndpointId } from "@ringfence/core/ids";
import {
  changeDialer,
  changeEndpoint,
  connectDialer,
  listDeliveries,
  listEndpoints,
  createWebhook,
  readDialer,
  replayDeliveries,
  rotateSecret,
} from "@ringfence/services/do-not-call/endpoint";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { env } from "@/env";
import { memberProcedure } from "./trpc";

/** Hosts that may receive deliveries over plain http. */
const findNamedHosts = () => ({ privateHosts: env().RINGFENCE_PRIVATE_HOSTS });

export const endpointRouter = {
  list: memberProcedure.query(({ ctx }) => listEndpoints(ctx)),

  deliveries: memberProcedure
    .input(ListDeliveries)
    .query(({ ctx, input }) => listDeliveries(ctx, input)),

  make: memberProcedure
    .input(CreateWebhook)
    .mutation(({ ctx, input }) => createWebhook(ctx, input, findNamedHosts())),

  connect: memberProcedure
    .input(NewDialer)
    .mutation(({ ctx, input }) => connectDialer(ctx, input, findNamedHosts())),

  /** Settings of a dialer, without its secret. */
  dialer: memberProcedure
    .input(z.object({ endpointId: EndpointId }))
    .query(({ ctx, input }) => readDialer(ctx, input.endpointId)),

  changeDialer: memberProcedure
    .input(ChangeDialer)
    .mutation(({ ctx, input }) => changeDialer(ctx, input, findNamedHosts())),

  change: memberProcedure
    .input(ChangeEndpoint)
    .mutation(({ ctx, input }) => changeEndpoint(ctx, input, findNamedHosts())),

  rotate: memberProcedure
    .input(z.object({ endpointId: EndpointId }))
    .mutation(({ ctx, input }) => rotateSecret(ctx, input.endpointId)),

  replay: memberProcedure
    .input(ReplayDeliveries)
    .mutation(({ ctx, input }) => replayDeliveries(ctx, input)),
} satisfies TRPCRouterRecord;
