import { ChangeOrganization } from "@ringfence/core/organization";
import { changeOrganization, readOrganization } from "@ringfence/services/organization";
import type { TRPCRouterRecord } from "@trpc/server";
import { memberProcedure } from "./trpc";

export const organizationRouter = {
  read: memberProcedure.query(({ ctx }) => readOrganization(ctx)),

  change: memberProcedure
    .input(ChangeOrganization)
    .mutation(({ ctx, input }) => changeOrganization(ctx, input)),
} satisfies TRPCRouterRecord;
