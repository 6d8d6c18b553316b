import { countDay, readOrganization } from "@ringfence/services/organization";
import type { TRPCRouterRecord } from "@trpc/server";
import { memberProcedure } from "./trpc";

export const organizationRouter = {
  day: memberProcedure.query(({ ctx }) => countDay(ctx, ctx.member)),

  read: memberProcedure.query(({ ctx }) => readOrganization(ctx)),
} satisfies TRPCRouterRecord;
