import { ImportId } from "@ringfence/core/ids";
import { ListImports, PreviewImport, StartImport } from "@ringfence/core/desk/import";
import {
  listImports,
  previewImport,
  readImport,
  startImport,
} from "@ringfence/services/desk/import";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { memberProcedure } from "./trpc";

export const importRouter = {
  list: memberProcedure.input(ListImports).query(({ ctx, input }) => listImports(ctx, input)),

  read: memberProcedure
    .input(z.object({ importId: ImportId }))
    .query(({ ctx, input }) => readImport(ctx, input.importId)),

  // A mutation, although it only writes to the audit trail: the input may be too long for an address.
  preview: memberProcedure
    .input(PreviewImport)
    .mutation(({ ctx, input }) => previewImport(ctx, input)),

  start: memberProcedure.input(StartImport).mutation(({ ctx, input }) => startImport(ctx, input)),
} satisfies TRPCRouterRecord;
