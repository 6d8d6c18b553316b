import {
  addSavedView,
  deleteSavedView,
  listSavedViews,
  renameSavedView,
} from "@ringfence/services/desk/saved-view";
import {
  dismissLawNotice,
  listEndingConsents,
  listLawNotices,
  listNeeds,
  readToday,
} from "@ringfence/services/desk/today";
import { readOverview } from "@ringfence/services/desk/overview";
import { ServiceError } from "@ringfence/services/errors";
import { viewQueries } from "../lists/queries";
import type { TRPCRouterRecord } from "@trpc/server";
import { drawSample } from "@ringfence/services/desk/sample";
import { search } from "@ringfence/services/desk/search";
import {
  addComplaintTask,
  answerComplaint,
  appealComplaint,
  assignComplaint,
  decideComplaint,
  fileComplaint,
  finishComplaintTask,
  linkCall,
  listComplaints,
  moveDeadline,
  noteComplaint,
  readComplaint,
  unlinkCall,
  withdrawComplaint,
} from "@ringfence/services/desk/complaint";
import { answerLift, listHolds, placeHold, proposeLift } from "@ringfence/services/desk/legal-hold";
import {
  answerRetention,
  listSweeps,
  previewRetention,
  proposeRetention,
  readRetention,
} from "@ringfence/services/desk/retention";
import { listEvidencePacks } from "@ringfence/services/desk/evidence-pack";
import { eraseClaims, erasePerson } from "@ringfence/services/desk/erasure";
import { ComplaintId, ContactId, ImportId } from "@ringfence/core/ids";
import {
  listImports,
  previewImport,
  readImport,
  startImport,
} from "@ringfence/services/desk/import";
import { z } from "zod";
import { Archivable } from "@ringfence/core/platform/archive";
import { listArchived } from "@ringfence/services/desk/archive";
import { archiveCampaign, restoreCampaign } from "@ringfence/services/audience/campaign";
import type { ServiceContext } from "@ringfence/services/context";
import { archiveDisclosure, restoreDisclosure } from "@ringfence/services/consents/disclosure";
import { archiveOffer, restoreOffer } from "@ringfence/services/audience/offer";
import { archiveSegment, restoreSegment } from "@ringfence/services/audience/segment";
import { findNumber, readNumber } from "@ringfence/services/desk/number";
import { listContacts, readContact } from "@ringfence/services/desk/contact";
import { ListAudit, ListReads } from "@ringfence/core/platform/audit";
import {
  readProcessingRecord,
  saveProcessingDetails,
} from "@ringfence/services/desk/processing-record";
import { liftRestriction, restrictContact } from "@ringfence/services/desk/restriction";
import { listAudit, listAuditActors, listReads } from "@ringfence/services/desk/audit-log";
import { HandOutCode } from "@ringfence/core/desk/own-record";
import { type HandedOutCode, handOutCode, printCode } from "@ringfence/services/desk/own-record";
import { formatPublicAddress } from "@ringfence/core/account/organization";
import { toString } from "qrcode";
import { env } from "../../env";
import { memberProcedure } from "./trpc";

/** Adds the address at which the person types the code. It holds no secret, and neither does its QR code. */
const addAddress = ({ organizationId }: ServiceContext, { code, validUntil }: HandedOutCode) => ({
  code,
  validUntil,
  address: `${env().PUBLIC_URL}/my/${formatPublicAddress(organizationId)}/handed`,
});

/** Issues codes with which people open their own record. */
export const ownRecordRouter = {
  handOut: memberProcedure
    .input(HandOutCode)
    .mutation(async ({ ctx, input }) => addAddress(ctx, await handOutCode(ctx, input))),

  print: memberProcedure.input(HandOutCode).mutation(async ({ ctx, input }) => {
    const made = addAddress(ctx, await printCode(ctx, input));
    const picture = await toString(made.address, { type: "svg", margin: 0 });
    return { ...made, picture: Buffer.from(picture).toString("base64") };
  }),
} satisfies TRPCRouterRecord;

export const todayRouter = {
  read: memberProcedure.query(({ ctx }) => readToday(ctx, ctx.member)),

  needs: memberProcedure.query(({ ctx }) => listNeeds(ctx)),

  lawNotices: memberProcedure.query(({ ctx }) => listLawNotices(ctx)),

  endingConsents: memberProcedure.query(({ ctx }) => listEndingConsents(ctx)),

  overview: memberProcedure.query(({ ctx }) => readOverview(ctx)),

  dismissLawNotice: memberProcedure
    .input(dismissLawNotice.input)
    .mutation(({ ctx, input }) => dismissLawNotice(ctx, input)),
} satisfies TRPCRouterRecord;

export const sampleRouter = {
  draw: memberProcedure.input(drawSample.input).query(({ ctx, input }) => drawSample(ctx, input)),
} satisfies TRPCRouterRecord;

export const searchRouter = {
  /** A mutation, so that what is typed goes in the body and never in an address. */
  find: memberProcedure.input(search.input).mutation(({ ctx, input }) => search(ctx, input)),
} satisfies TRPCRouterRecord;

export const phoneRouter = {
  // Not a query, because a query's input is in the address, where a number must not appear.
  find: memberProcedure
    .input(findNumber.input)
    .mutation(({ ctx, input }) => findNumber(ctx, input)),

  read: memberProcedure.input(readNumber.input).query(({ ctx, input }) => readNumber(ctx, input)),
} satisfies TRPCRouterRecord;

export const contactRouter = {
  list: memberProcedure
    .input(listContacts.input)
    .query(({ ctx, input }) => listContacts(ctx, input)),

  read: memberProcedure
    .input(z.object({ contactId: ContactId }))
    .query(({ ctx, input }) => readContact(ctx, input.contactId)),
} satisfies TRPCRouterRecord;

export const auditRouter = {
  actors: memberProcedure.query(({ ctx }) => listAuditActors(ctx)),

  reads: memberProcedure.input(ListReads).query(({ ctx, input }) => listReads(ctx, input)),

  list: memberProcedure.input(ListAudit).query(({ ctx, input }) => listAudit(ctx, input)),
} satisfies TRPCRouterRecord;

export const retentionRouter = {
  read: memberProcedure.query(({ ctx }) => readRetention(ctx)),

  preview: memberProcedure
    .input(previewRetention.input)
    .query(({ ctx, input }) => previewRetention(ctx, input)),

  sweeps: memberProcedure.query(({ ctx }) => listSweeps(ctx)),

  propose: memberProcedure
    .input(proposeRetention.input)
    .mutation(({ ctx, input }) => proposeRetention(ctx, input)),

  answer: memberProcedure
    .input(answerRetention.input)
    .mutation(({ ctx, input }) => answerRetention(ctx, input)),
} satisfies TRPCRouterRecord;

export const processingRouter = {
  read: memberProcedure.query(({ ctx }) => readProcessingRecord(ctx)),

  save: memberProcedure
    .input(saveProcessingDetails.input)
    .mutation(({ ctx, input }) => saveProcessingDetails(ctx, input)),
} satisfies TRPCRouterRecord;

export const legalHoldRouter = {
  list: memberProcedure.query(({ ctx }) => listHolds(ctx)),

  place: memberProcedure.input(placeHold.input).mutation(({ ctx, input }) => placeHold(ctx, input)),

  proposeLift: memberProcedure
    .input(proposeLift.input)
    .mutation(({ ctx, input }) => proposeLift(ctx, input)),

  answerLift: memberProcedure
    .input(answerLift.input)
    .mutation(({ ctx, input }) => answerLift(ctx, input)),
} satisfies TRPCRouterRecord;

export const complaintRouter = {
  list: memberProcedure
    .input(listComplaints.input)
    .query(({ ctx, input }) => listComplaints(ctx, input)),

  file: memberProcedure
    .input(fileComplaint.input)
    .mutation(({ ctx, input }) => fileComplaint(ctx, input)),

  read: memberProcedure
    .input(z.object({ complaintId: ComplaintId }))
    .query(({ ctx, input }) => readComplaint(ctx, input.complaintId)),

  packs: memberProcedure
    .input(z.object({ complaintId: ComplaintId }))
    .query(({ ctx, input }) => listEvidencePacks(ctx, input.complaintId)),

  linkCall: memberProcedure
    .input(linkCall.input)
    .mutation(({ ctx, input }) => linkCall(ctx, input)),

  unlinkCall: memberProcedure
    .input(unlinkCall.input)
    .mutation(({ ctx, input }) => unlinkCall(ctx, input)),

  assign: memberProcedure
    .input(assignComplaint.input)
    .mutation(({ ctx, input }) => assignComplaint(ctx, input)),

  note: memberProcedure
    .input(noteComplaint.input)
    .mutation(({ ctx, input }) => noteComplaint(ctx, input)),

  moveDeadline: memberProcedure
    .input(moveDeadline.input)
    .mutation(({ ctx, input }) => moveDeadline(ctx, input)),

  addTask: memberProcedure
    .input(addComplaintTask.input)
    .mutation(({ ctx, input }) => addComplaintTask(ctx, input)),

  finishTask: memberProcedure
    .input(finishComplaintTask.input)
    .mutation(({ ctx, input }) => finishComplaintTask(ctx, input)),

  answer: memberProcedure
    .input(answerComplaint.input)
    .mutation(({ ctx, input }) => answerComplaint(ctx, input)),

  decide: memberProcedure
    .input(decideComplaint.input)
    .mutation(({ ctx, input }) => decideComplaint(ctx, input)),

  withdraw: memberProcedure
    .input(withdrawComplaint.input)
    .mutation(({ ctx, input }) => withdrawComplaint(ctx, input)),

  appeal: memberProcedure
    .input(appealComplaint.input)
    .mutation(({ ctx, input }) => appealComplaint(ctx, input)),
} satisfies TRPCRouterRecord;

export const restrictionRouter = {
  restrict: memberProcedure
    .input(restrictContact.input)
    .mutation(({ ctx, input }) => restrictContact(ctx, input)),

  lift: memberProcedure
    .input(liftRestriction.input)
    .mutation(({ ctx, input }) => liftRestriction(ctx, input)),
} satisfies TRPCRouterRecord;

export const erasureRouter = {
  person: memberProcedure
    .input(erasePerson.input)
    .mutation(({ ctx, input }) => erasePerson(ctx, input)),

  claims: memberProcedure
    .input(eraseClaims.input)
    .mutation(({ ctx, input }) => eraseClaims(ctx, input)),
} satisfies TRPCRouterRecord;

export const importRouter = {
  list: memberProcedure.input(listImports.input).query(({ ctx, input }) => listImports(ctx, input)),

  read: memberProcedure
    .input(z.object({ importId: ImportId }))
    .query(({ ctx, input }) => readImport(ctx, input.importId)),

  // A mutation, although it only writes to the audit trail: the input may be too long for an address.
  preview: memberProcedure
    .input(previewImport.input)
    .mutation(({ ctx, input }) => previewImport(ctx, input)),

  start: memberProcedure
    .input(startImport.input)
    .mutation(({ ctx, input }) => startImport(ctx, input)),
} satisfies TRPCRouterRecord;

export const savedViewRouter = {
  list: memberProcedure
    .input(listSavedViews.input)
    .query(({ ctx, input }) => listSavedViews(ctx, input)),

  add: memberProcedure.input(addSavedView.input).mutation(({ ctx, input }) => {
    if (viewQueries[input.list].openSaved(input.filters).isLess) {
      throw new ServiceError("invalid", { key: "saved-view.unknown-filter" });
    }
    return addSavedView(ctx, input);
  }),

  rename: memberProcedure
    .input(renameSavedView.input)
    .mutation(({ ctx, input }) => renameSavedView(ctx, input)),

  delete: memberProcedure
    .input(deleteSavedView.input)
    .mutation(({ ctx, input }) => deleteSavedView(ctx, input)),
} satisfies TRPCRouterRecord;

export const archiveRouter = {
  list: memberProcedure
    .input(listArchived.input)
    .query(({ ctx, input }) => listArchived(ctx, input)),

  archive: memberProcedure.input(Archivable).mutation(({ ctx, input }) => archive(ctx, input)),

  restore: memberProcedure.input(Archivable).mutation(({ ctx, input }) => restore(ctx, input)),
} satisfies TRPCRouterRecord;

function archive(ctx: ServiceContext, item: Archivable) {
  switch (item.kind) {
    case "segment":
      return archiveSegment(ctx, item.id);
    case "offer":
      return archiveOffer(ctx, { offerId: item.id });
    case "campaign":
      return archiveCampaign(ctx, { campaignId: item.id });
    case "disclosure":
      return archiveDisclosure(ctx, item.id);
  }
}

function restore(ctx: ServiceContext, item: Archivable) {
  switch (item.kind) {
    case "segment":
      return restoreSegment(ctx, item.id);
    case "offer":
      return restoreOffer(ctx, { offerId: item.id });
    case "campaign":
      return restoreCampaign(ctx, { campaignId: item.id });
    case "disclosure":
      return restoreDisclosure(ctx, item.id);
  }
}
