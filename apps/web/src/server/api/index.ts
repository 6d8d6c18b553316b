import {
  apiKeyRouter,
  identityProviderRouter,
  memberRouter,
  organizationRouter,
  purposeRouter,
  secondFactorRouter,
  sellerRouter,
} from "./account";
import {
  archiveRouter,
  auditRouter,
  complaintRouter,
  legalHoldRouter,
  processingRouter,
  retentionRouter,
  contactRouter,
  ownRecordRouter,
  erasureRouter,
  restrictionRouter,
  importRouter,
  phoneRouter,
  sampleRouter,
  searchRouter,
  todayRouter,
} from "./desk";
import { runRouter } from "./platform";
import { certificateRouter, ledgerRouter } from "./proof";
import {
  blockedListRouter,
  burstRouter,
  endpointRouter,
  inboundRouter,
  optOutRouter,
  reassignedRouter,
  registryRouter,
  suppressionRouter,
} from "./do-not-call";
import {
  campaignRouter,
  lawPreviewRouter,
  offerRouter,
  relevanceRouter,
  segmentRouter,
} from "./audience";
import { activityRouter, jurisdictionRouter } from "./people";
import { captureFormRouter, consentRouter, disclosureRouter } from "./consents";
import { callRouter, policyRouter, screeningRouter, scrubRouter, violationRouter } from "./calling";
import { createCallerFactory, createRouter } from "./trpc";

export const appRouter = createRouter({
  apiKey: apiKeyRouter,
  archive: archiveRouter,
  ownRecord: ownRecordRouter,
  audit: auditRouter,
  blockedList: blockedListRouter,
  burst: burstRouter,
  campaign: campaignRouter,
  activity: activityRouter,
  certificate: certificateRouter,
  complaint: complaintRouter,
  legalHold: legalHoldRouter,
  processing: processingRouter,
  retention: retentionRouter,
  contact: contactRouter,
  erasure: erasureRouter,
  restriction: restrictionRouter,
  captureForm: captureFormRouter,
  consent: consentRouter,
  disclosure: disclosureRouter,
  endpoint: endpointRouter,
  identityProvider: identityProviderRouter,
  import: importRouter,
  jurisdiction: jurisdictionRouter,
  lawPreview: lawPreviewRouter,
  ledger: ledgerRouter,
  inbound: inboundRouter,
  member: memberRouter,
  offer: offerRouter,
  optOut: optOutRouter,
  organization: organizationRouter,
  phone: phoneRouter,
  purpose: purposeRouter,
  reassigned: reassignedRouter,
  registry: registryRouter,
  relevance: relevanceRouter,
  run: runRouter,
  calls: callRouter,
  sample: sampleRouter,
  policy: policyRouter,
  screening: screeningRouter,
  scrub: scrubRouter,
  search: searchRouter,
  segment: segmentRouter,
  secondFactor: secondFactorRouter,
  seller: sellerRouter,
  suppression: suppressionRouter,
  today: todayRouter,
  violation: violationRouter,
});
export type AppRouter = typeof appRouter;

export const createCaller = createCallerFactory(appRouter);
