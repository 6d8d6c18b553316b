import { readCertificate } from "@ringfence/services/proof/certificate";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { memberProcedure } from "./trpc";

export const certificateRouter = {
  read: memberProcedure
    .input(z.object({ id: z.uuid() }))
    .query(({ ctx, input }) => readCertificate(ctx, input)),
} satisfies TRPCRouterRecord;
