import { ChangeOrganization } from "@ringfence/core/account/organization";
import { changeOrganization, readOrganization } from "@ringfence/services/account/organization";
import type { TRPCRouterRecord } from "@trpc/server";
import { memberProcedure } from "./trpc";

export const organizationRouter = {
  read: memberProcedure.query(({ ctx }) => readOrganization(ctx)),

  change: memberProcedure
    .input(ChangeOrganization)
    .mutation(({ ctx, input }) => changeOrganization(ctx, input)),
} satisfies TRPCRouterRecord;
