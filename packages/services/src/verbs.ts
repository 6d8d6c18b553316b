import { type VerbFacts, listVerbs } from "./platform/verb.ts";
import * as audit from "./platform/audit/index.ts";
import * as run from "./platform/run/index.ts";
import * as apiKey from "./account/api-key/index.ts";
import * as identityProvider from "./account/identity-provider/index.ts";
import * as member from "./account/member/index.ts";
import * as secondFactor from "./account/second-factor/index.ts";
import * as organization from "./account/organization/index.ts";
import * as purpose from "./account/purpose/index.ts";
import * as seller from "./account/seller/index.ts";
import * as certificate from "./proof/certificate/index.ts";
import * as ledger from "./proof/ledger/index.ts";
import * as activity from "./people/activity/index.ts";
import * as contact from "./people/contact/index.ts";
import * as jurisdiction from "./people/jurisdiction/index.ts";
import * as blockedList from "./do-not-call/blocked-list/index.ts";
import * as burst from "./do-not-call/burst/index.ts";
import * as endpoint from "./do-not-call/endpoint/index.ts";
import * as inbound from "./do-not-call/inbound/index.ts";
import * as optOut from "./do-not-call/opt-out/index.ts";
import * as reassigned from "./do-not-call/reassigned/index.ts";
import * as registry from "./do-not-call/registry/index.ts";
import * as stopPage from "./do-not-call/stop-page/index.ts";
import * as suppression from "./do-not-call/suppression/index.ts";
import * as captureForm from "./consents/capture-form/index.ts";
import * as confirmation from "./consents/confirmation/index.ts";
import * as consent from "./consents/consent/index.ts";
import * as disclosure from "./consents/disclosure/index.ts";
import * as evidence from "./consents/evidence/index.ts";
import * as call from "./calling/call/index.ts";
import * as policy from "./calling/policy/index.ts";
import * as screening from "./calling/screening/index.ts";
import * as scrub from "./calling/scrub/index.ts";
import * as violation from "./calling/violation/index.ts";
import * as campaign from "./audience/campaign/index.ts";
import * as lawPreview from "./audience/law-preview/index.ts";
import * as offer from "./audience/offer/index.ts";
import * as relevance from "./audience/relevance/index.ts";
import * as segment from "./audience/segment/index.ts";
import * as accessReport from "./desk/access-report/index.ts";
import * as deskArchive from "./desk/archive/index.ts";
import * as auditLog from "./desk/audit-log/index.ts";
import * as deskContact from "./desk/contact/index.ts";
import * as processingRecord from "./desk/processing-record/index.ts";
import * as number from "./desk/number/index.ts";
import * as complaint from "./desk/complaint/index.ts";
import * as savedView from "./desk/saved-view/index.ts";
import * as legalHold from "./desk/legal-hold/index.ts";
import * as retention from "./desk/retention/index.ts";
import * as evidencePack from "./desk/evidence-pack/index.ts";
import * as erasure from "./desk/erasure/index.ts";
import * as restriction from "./desk/restriction/index.ts";
import * as imports from "./desk/import/index.ts";
import * as sample from "./desk/sample/index.ts";
import * as search from "./desk/search/index.ts";
import * as ownRecord from "./desk/own-record/index.ts";
import * as overview from "./desk/overview/index.ts";
import * as report from "./desk/report/index.ts";
import * as today from "./desk/today/index.ts";

/** The nouns whose `index.ts` exports verbs, from the lowest area to the highest. */
export const nouns = [
  audit,
  run,
  apiKey,
  identityProvider,
  member,
  secondFactor,
  organization,
  purpose,
  seller,
  certificate,
  ledger,
  activity,
  contact,
  jurisdiction,
  blockedList,
  burst,
  endpoint,
  inbound,
  optOut,
  reassigned,
  registry,
  stopPage,
  suppression,
  captureForm,
  confirmation,
  consent,
  disclosure,
  evidence,
  call,
  policy,
  screening,
  scrub,
  violation,
  campaign,
  lawPreview,
  offer,
  relevance,
  segment,
  deskArchive,
  auditLog,
  deskContact,
  number,
  complaint,
  accessReport,
  processingRecord,
  evidencePack,
  legalHold,
  savedView,
  retention,
  erasure,
  restriction,
  imports,
  ownRecord,
  sample,
  search,
  overview,
  report,
  today,
] as const;

type Noun = (typeof nouns)[number];
type VerbNameIn<N> = N extends unknown
  ? { [Name in keyof N]: N[Name] extends VerbFacts ? Name : never }[keyof N]
  : never;

/** The names of all verbs. */
export type VerbName = VerbNameIn<Noun>;

/** The verb of this name. */
export type VerbNamed<Name extends VerbName> = Noun extends infer N
  ? N extends Record<Name, infer V extends VerbFacts>
    ? V
    : never
  : never;

/** All verbs, for tests and for code that offers all of them. */
export const allVerbs = nouns.flatMap(listVerbs);
