import { readOrganization } from "@ringfence/services/organization";
import type { TRPCRouterRecord } from "@trpc/server";
import { memberProcedure } from "./trpc";

export const organizationRouter = {
  read: memberProcedure.query(({ ctx }) => readOrganization(ctx)),
} satisfies TRPCRouterRecord;
