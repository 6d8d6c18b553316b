import { findDeliveryFaults, DraftCaptureForm } from "@ringfence/core/consents/capture-form";
import { CheckAnswer } from "@ringfence/core/consents/form-check";
import { CaptureFormId } from "@ringfence/core/ids";
import {
  answerFormCheck,
  closeCaptureForm,
  draftCaptureForm,
  listCaptureForms,
  publishCaptureForm,
  readCaptureForm,
  requestFormCheck,
} from "@ringfence/services/consents/capture-form";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { findDelivery } from "../delivery";
import { memberProcedure } from "./trpc";

const OneForm = z.object({ formId: CaptureFormId });

export const captureFormRouter = {
  list: memberProcedure.query(({ ctx }) => listCaptureForms(ctx)),

  read: memberProcedure.input(OneForm).query(async ({ ctx, input }) => {
    const form = await readCaptureForm(ctx, input.formId);
    return { ...form, faults: [...form.faults, ...findDeliveryFaults(form.draft, findDelivery())] };
  }),

  draft: memberProcedure
    .input(DraftCaptureForm)
    .mutation(({ ctx, input }) => draftCaptureForm(ctx, input)),

  answer: memberProcedure
    .input(CheckAnswer.extend({ id: CaptureFormId }))
    .mutation(({ ctx, input }) => answerFormCheck(ctx, input)),

  check: memberProcedure
    .input(OneForm)
    .mutation(({ ctx, input }) => requestFormCheck(ctx, input.formId)),

  publish: memberProcedure
    .input(OneForm)
    .mutation(({ ctx, input }) => publishCaptureForm(ctx, input.formId, findDelivery())),

  close: memberProcedure
    .input(OneForm)
    .mutation(({ ctx, input }) => closeCaptureForm(ctx, input.formId)),
} satisfies TRPCRouterRecord;
