import { listPurposes } from "@ringfence/services/purpose";
import { listSellers } from "@ringfence/services/seller";
import type { TRPCRouterRecord } from "@trpc/server";
import { memberProcedure } from "./trpc";

export const organizationRouter = {
  sellers: memberProcedure.query(({ ctx }) => listSellers(ctx)),

  purposes: memberProcedure.query(({ ctx }) => listPurposes(ctx)),
} satisfies TRPCRouterRecord;
