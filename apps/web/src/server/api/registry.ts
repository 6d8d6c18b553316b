import { countStaleRegistries, listRegistries } from "@ringfence/services/registry";
import type { TRPCRouterRecord } from "@trpc/server";
import { memberProcedure } from "./trpc";

export const registryRouter = {
  list: memberProcedure.query(({ ctx }) => listRegistries(ctx)),

  countStale: memberProcedure.query(({ ctx }) => countStaleRegistries(ctx)),
} satisfies TRPCRouterRecord;
