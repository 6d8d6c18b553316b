import { findDeliveryFaults } from "@ringfence/core/consents/capture-form";
import { CaptureFormId, ConsentId, DisclosureId } from "@ringfence/core/ids";
import {
  answerFormCheck,
  closeCaptureForm,
  draftCaptureForm,
  listCaptureForms,
  listCaptureFormsWithConsents,
  publishCaptureForm,
  readCaptureForm,
  requestFormCheck,
} from "@ringfence/services/consents/capture-form";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import {
  countSources,
  listConsents,
  readConsent,
  recordLetter,
  recordOfflineConsents,
} from "@ringfence/services/consents/consent";
import {
  draftDisclosure,
  listDisclosures,
  publishDisclosure,
  readDisclosure,
} from "@ringfence/services/consents/disclosure";
import { findDelivery } from "../delivery";
import { memberProcedure } from "./trpc";

const OneForm = z.object({ formId: CaptureFormId });

export const captureFormRouter = {
  list: memberProcedure.query(({ ctx }) => listCaptureForms(ctx)),

  listWithConsents: memberProcedure.query(({ ctx }) => listCaptureFormsWithConsents(ctx)),

  read: memberProcedure.input(OneForm).query(async ({ ctx, input }) => {
    const form = await readCaptureForm(ctx, input.formId);
    return { ...form, faults: [...form.faults, ...findDeliveryFaults(form.draft, findDelivery())] };
  }),

  draft: memberProcedure
    .input(draftCaptureForm.input)
    .mutation(({ ctx, input }) => draftCaptureForm(ctx, input)),

  answer: memberProcedure
    .input(answerFormCheck.input)
    .mutation(({ ctx, input }) => answerFormCheck(ctx, input)),

  check: memberProcedure
    .input(OneForm)
    .mutation(({ ctx, input }) => requestFormCheck(ctx, input.formId)),

  publish: memberProcedure
    .input(OneForm)
    .mutation(({ ctx, input }) => publishCaptureForm(ctx, { ...input, delivery: findDelivery() })),

  close: memberProcedure
    .input(OneForm)
    .mutation(({ ctx, input }) => closeCaptureForm(ctx, input.formId)),
} satisfies TRPCRouterRecord;

export const consentRouter = {
  list: memberProcedure
    .input(listConsents.input)
    .query(({ ctx, input }) => listConsents(ctx, input)),

  read: memberProcedure
    .input(z.object({ consentId: ConsentId }))
    .query(({ ctx, input }) => readConsent(ctx, input.consentId)),

  recordOffline: memberProcedure
    .input(recordOfflineConsents.input)
    .mutation(({ ctx, input }) => recordOfflineConsents(ctx, input)),

  recordLetter: memberProcedure
    .input(recordLetter.input)
    .mutation(({ ctx, input }) => recordLetter(ctx, input)),

  sources: memberProcedure.query(({ ctx }) => countSources(ctx)),
} satisfies TRPCRouterRecord;

const OneDisclosure = z.object({ disclosureId: DisclosureId });

export const disclosureRouter = {
  list: memberProcedure.query(({ ctx }) => listDisclosures(ctx)),

  read: memberProcedure
    .input(OneDisclosure)
    .query(({ ctx, input }) => readDisclosure(ctx, input.disclosureId)),

  draft: memberProcedure
    .input(draftDisclosure.input)
    .mutation(({ ctx, input }) => draftDisclosure(ctx, input)),

  publish: memberProcedure
    .input(OneDisclosure)
    .mutation(({ ctx, input }) => publishDisclosure(ctx, input.disclosureId)),
} satisfies TRPCRouterRecord;
