import { ListStatements } from "@ringfence/core/proof/ledger";
import { listStatements, readLedger } from "@ringfence/services/proof/ledger";
import type { TRPCRouterRecord } from "@trpc/server";
import { memberProcedure } from "./trpc";

export const ledgerRouter = {
  read: memberProcedure.query(({ ctx }) => readLedger(ctx)),

  statements: memberProcedure
    .input(ListStatements)
    .query(({ ctx, input }) => listStatements(ctx, input)),
} satisfies TRPCRouterRecord;
