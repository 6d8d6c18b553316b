import { listPurposes } from "@ringfence/services/purpose";
import type { TRPCRouterRecord } from "@trpc/server";
import { memberProcedure } from "./trpc";

export const purposeRouter = {
  list: memberProcedure.query(({ ctx }) => listPurposes(ctx)),
} satisfies TRPCRouterRecord;
