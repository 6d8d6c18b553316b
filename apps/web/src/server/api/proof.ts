import type { TRPCRouterRecord } from "@trpc/server";
import { readCertificate } from "@ringfence/services/proof/certificate";
import { z } from "zod";
import { listStatements, readLedger } from "@ringfence/services/proof/ledger";
import { memberProcedure } from "./trpc";

export const certificateRouter = {
  read: memberProcedure
    .input(z.object({ id: z.uuid() }))
    .query(({ ctx, input }) => readCertificate(ctx, input)),
} satisfies TRPCRouterRecord;

export const ledgerRouter = {
  read: memberProcedure.query(({ ctx }) => readLedger(ctx)),

  statements: memberProcedure
    .input(listStatements.input)
    .query(({ ctx, input }) => listStatements(ctx, input)),
} satisfies TRPCRouterRecord;
