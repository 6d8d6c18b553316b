import { registryAges } from "@ringfence/services/registry";
import type { TRPCRouterRecord } from "@trpc/server";
import { memberProcedure } from "./trpc";

export const registryRouter = {
  ages: memberProcedure.query(({ ctx }) => registryAges(ctx)),
} satisfies TRPCRouterRecord;
