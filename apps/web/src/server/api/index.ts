import { apiKeyRouter } from "./api-key";
import { archiveRouter } from "./archive";
import { auditRouter } from "./audit";
import { blockedListRouter } from "./blocked-list";
import { burstRouter } from "./burst";
import { campaignRouter } from "./campaign";
import { activityRouter } from "./activity";
import { certificateRouter } from "./certificate";
import { complaintRouter } from "./complaint";
import { contactRouter } from "./contact";
import { erasureRouter } from "./erasure";
import { captureFormRouter } from "./capture-form";
import { consentRouter } from "./consent";
import { disclosureRouter } from "./disclosure";
import { endpointRouter } from "./endpoint";
import { importRouter } from "./import";
import { jurisdictionRouter } from "./jurisdiction";
import { ledgerRouter } from "./ledger";
import { inboundRouter } from "./inbound";
import { memberRouter } from "./member";
import { offerRouter } from "./offer";
import { optOutRouter } from "./opt-out";
import { organizationRouter } from "./organization";
import { phoneRouter } from "./phone";
import { purposeRouter } from "./purpose";
import { reassignedRouter } from "./reassigned";
import { registryRouter } from "./registry";
import { relevanceRouter } from "./relevance";
import { runRouter } from "./run";
import { screeningRouter } from "./screening";
import { scrubRouter } from "./scrub";
import { searchRouter } from "./search";
import { segmentRouter } from "./segment";
import { sellerRouter } from "./seller";
import { suppressionRouter } from "./suppression";
import { todayRouter } from "./today";
import { createCallerFactory, createRouter } from "./trpc";
import { violationRouter } from "./violation";

export const appRouter = createRouter({
  apiKey: apiKeyRouter,
  archive: archiveRouter,
  audit: auditRouter,
  blockedList: blockedListRouter,
  burst: burstRouter,
  campaign: campaignRouter,
  activity: activityRouter,
  certificate: certificateRouter,
  complaint: complaintRouter,
  contact: contactRouter,
  erasure: erasureRouter,
  captureForm: captureFormRouter,
  consent: consentRouter,
  disclosure: disclosureRouter,
  endpoint: endpointRouter,
  import: importRouter,
  jurisdiction: jurisdictionRouter,
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
  screening: screeningRouter,
  scrub: scrubRouter,
  search: searchRouter,
  segment: segmentRouter,
  seller: sellerRouter,
  suppression: suppressionRouter,
  today: todayRouter,
  violation: violationRouter,
});
export type AppRouter = typeof appRouter;

export const createCaller = createCallerFactory(appRouter);
