import { ListAudit } from "@ringfence/core/audit";
import { listAudit } from "@ringfence/services/audit";
import type { TRPCRouterRecord } from "@trpc/server";
import { memberProcedure } from "./trpc";

export const auditRouter = {
  list: memberProcedure.input(ListAudit).query(({ ctx, input }) => listAudit(ctx, input)),
} satisfies TRPCRouterRecord;
