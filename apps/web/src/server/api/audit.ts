import { ListAudit } from "@ringfence/core/platform/audit";
import { listAudit } from "@ringfence/services/desk/audit-log";
import type { TRPCRouterRecord } from "@trpc/server";
import { memberProcedure } from "./trpc";

export const auditRouter = {
  list: memberProcedure.input(ListAudit).query(({ ctx, input }) => listAudit(ctx, input)),
} satisfies TRPCRouterRecord;
