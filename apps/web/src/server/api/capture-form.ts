import { DraftCaptureForm } from "@ringfence/core/capture-form";
import { CheckAnswer } from "@ringfence/core/form-check";
import { CaptureFormId } from "@ringfence/core/ids";
import {
  answerFormCheck,
  closeCaptureForm,
  draftCaptureForm,
  listCaptureForms,
  publishCaptureForm,
  readCaptureForm,
} from "@ringfence/services/capture-form";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { memberProcedure } from "./trpc";

const OneForm = z.object({ formId: CaptureFormId });

export const captureFormRouter = {
  list: memberProcedure.query(({ ctx }) => listCaptureForms(ctx)),

  read: memberProcedure
    .input(OneForm)
    .query(({ ctx, input }) => readCaptureForm(ctx, input.formId)),

  draft: memberProcedure
    .input(DraftCaptureForm)
    .mutation(({ ctx, input }) => draftCaptureForm(ctx, input)),

  answer: memberProcedure
    .input(CheckAnswer.extend({ id: CaptureFormId }))
    .mutation(({ ctx, input }) => answerFormCheck(ctx, input)),

  publish: memberProcedure
    .input(OneForm)
    .mutation(({ ctx, input }) => publishCaptureForm(ctx, input.formId)),

  close: memberProcedure
    .input(OneForm)
    .mutation(({ ctx, input }) => closeCaptureForm(ctx, input.formId)),
} satisfies TRPCRouterRecord;
