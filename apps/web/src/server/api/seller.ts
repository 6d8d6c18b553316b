import { listSellers } from "@ringfence/services/seller";
import type { TRPCRouterRecord } from "@trpc/server";
import { memberProcedure } from "./trpc";

export const sellerRouter = {
  list: memberProcedure.query(({ ctx }) => listSellers(ctx)),
} satisfies TRPCRouterRecord;
