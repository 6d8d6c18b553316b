import path from "node:path";
import { anyCalls } from "@ringfence/core/do-not-call/call-preference";
import { PurposeKey } from "@ringfence/core/account/purpose";
import { bundledRuleSetHash } from "@ringfence/core/people/jurisdiction";
import type { Mapping } from "@ringfence/core/desk/import";
import { type PhoneId, SessionId } from "@ringfence/core/ids";
import type { z } from "zod";
import { aConsent } from "./scenes.ts";
import { aPlan } from "./campaign-plan.ts";
import { anOffer } from "./offers.ts";
import { aDraft } from "./forms.ts";
import { noPasskey, passkeySite } from "./soft-passkey.ts";
import { anOfflineConsent } from "./evidence.ts";
import { published, usDnc } from "./registries.ts";
import type { Everything } from "./organization-with-everything.ts";
import type { VerbName, VerbNamed } from "../src/verbs.ts";

type InputOf<Name extends VerbName> = z.output<VerbNamed<Name>["input"]>;

export type Attack<Input> = {
  /** Input that refers to records of the other organization. */
  input: (of: Everything) => Input;
  /** The code of the refusal, "error" for any other, or "answers": with what is the caller's own. */
  expects: string;
  /** Why records of another organization make no difference, if they make none. */
  reason?: string;
  /** The person on whose behalf it runs. Left out: the owner, or whoever may. */
  person?: (of: Everything) => PhoneId;
};

const attack = <Input>(expects: string, input: (of: Everything) => Input): Attack<Input> => ({
  input,
  expects,
});

/** An attack with a verb without input: all that it can do is show or change what is not its own. */
const attackWithoutInput = (expects: string): Attack<void> => attack(expects, () => {});

/** A verb that is refused in every organization. */
const refusedEverywhere = <Input>(
  reason: string,
  expects: string,
  input: () => Input,
): Attack<Input> => ({ input, expects, reason });

const attackAsPerson = <Input>(
  phone: "confirmationPhoneId" | "optOutPhoneId" | "receiptPhoneId",
  expects: string,
  input: (of: Everything) => Input,
): Attack<Input> => ({ input, expects, person: (of) => of[phone] });

async function* chunks(text: string) {
  yield Buffer.from(text);
}

const noSession = SessionId.parse("0195a000-0000-7000-8000-000000000001");
const reason = "An attack from outside.";
const text = "They called at night.";
const toClaim = ({ runId }: Everything) => ({ runId, worker: "quartz-worker", attempt: 1 });
const message = { key: "error.run-not-found" } as const;
const before = { role: "officer", sellerIds: [] } as const;
const sector = "other" as const;
const consentPolicy = "opt_in" as const;
const printing = { locale: "en", publicUrl: "https://rf.example", fontFolder: "fonts" } as const;
const request = { ip: "198.51.100.7", userAgent: "Phone/1" };
/** How to read a file with a phone and a name in each row. */
export const mapping = {
  encoding: "utf-8",
  delimiter: ",",
  hasHeader: true,
  columns: ["phone", "name"],
  defaults: {},
  region: "US",
  dateOrder: "day-first",
  zone: "UTC",
  locale: "en",
} satisfies Mapping;
const validators = null;
const dialer = {
  kind: "vicidial",
  name: "Another",
  settings: { url: "https://dialer.example/", user: "us", pass: "secret", phoneCode: "1" },
} as const;
const ofRule = ({ rule, seller }: Everything) => ({ rule, seller, purpose: "marketing" });
const ofCampaign = ({ campaignId }: Everything) => ({ campaignId });
const ofOffer = ({ offerId }: Everything) => ({ offerId });

/** An attack with each verb, by records of an organization with everything. */
export const attacks: { readonly [Name in VerbName]: Attack<InputOf<Name>> } = {
  recordExport: attack("answers", () => ({ list: "contacts", reason })),
  sendHeartbeat: attack("answers", (of) => ({
    claim: toClaim(of),
    progress: { rows: 1, bytes: 1 },
  })),
  claimRun: attack("answers", ({ runId }) => ({ runId, worker: "b" })),
  failRun: attack("answers", (of) => ({ claim: toClaim(of), error: message })),
  finishRun: attack("answers", (of) => ({ claim: toClaim(of), outcome: {} })),
  listRuns: attack("answers", ({ registryId }) => ({ subjectId: registryId, limit: 50 })),
  readRun: attack("not-found", ({ runId }) => runId),
  releaseRun: attack("answers", (of) => ({ claim: toClaim(of), reason: message, isStop: true })),

  listApiKeys: attack("answers", () => ({ limit: 50 })),
  makeApiKey: attack("invalid-field", ({ sellerId }) => ({
    name: "Another",
    scopes: ["screen"],
    sellers: [sellerId],
    reason,
  })),
  limitApiKey: attack("not-found", ({ apiKeyId }) => ({
    apiKeyId,
    lastDay: null,
    allowedAddresses: [],
  })),
  confirmKeyNetworks: attack("not-found", ({ apiKeyId }) => ({
    apiKeyId,
    networks: ["203.0.113.7"],
  })),
  announceKeyNetworks: attack("answers", () => undefined),
  sendKeyAlarm: attack("answers", ({ apiKeyId, ownerId: memberId }) => ({ apiKeyId, memberId })),
  rotateApiKey: attack("not-found", ({ apiKeyId }) => ({ apiKeyId, overlapHours: 24 })),
  registerPublicKey: attack("not-found", ({ apiKeyId }) => ({
    apiKeyId,
    publicKey: '{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}',
  })),
  removePublicKey: attack("not-found", ({ signedKeyId: apiKeyId, thumbprint }) => ({
    apiKeyId,
    thumbprint,
  })),
  stopRequiringSignatures: attack("not-found", ({ signedKeyId }) => signedKeyId),
  endKeyOverlap: attack("not-found", ({ apiKeyId }) => apiKeyId),
  revokeApiKey: attack("not-found", ({ apiKeyId }) => apiKeyId),
  takeOverApiKey: attack("not-found", ({ apiKeyId }) => apiKeyId),
  checkIdentityProvider: attack("answers", () => ({ issuer: "https://nowhere.invalid" })),
  disconnectIdentityProvider: attackWithoutInput("answers"),
  findProviderSignOut: attack("answers", ({ sessionId }) => ({
    sessionId,
    returnTo: "https://ringfence.example/sign-in",
  })),
  listEmergencyOwners: attackWithoutInput("answers"),
  readIdentityProvider: attackWithoutInput("answers"),
  saveIdentityProvider: attack("invalid-field", ({ sellerId }) => ({
    name: "Another",
    issuer: "https://id.another.example",
    clientId: "another",
    clientSecret: "a field of thistles",
    scopes: "openid",
    groupsClaim: "groups",
    groups: [{ group: "staff", role: "agent", sellerIds: [sellerId] }],
    isRequired: false,
    emergencyOwnerId: null,
  })),
  changeMember: attack("not-found", ({ otherMemberId }) => ({
    memberId: otherMemberId,
    role: "agent",
    sellerIds: [],
    before: { ...before, sellerIds: [] },
  })),
  changeOwnPassword: attack("answers", ({ sessionId }) => ({
    password: "a field of poppies",
    newPassword: "a row of thistles",
    sessionId,
  })),
  endSession: attack("answers", ({ sessionId }) => ({ sessionId })),
  addMember: attack("invalid-field", ({ sellerId }) => ({
    name: "Bo",
    email: "bo@another.example",
    role: "agent",
    sellerIds: [sellerId],
    canSendMail: false,
  })),
  changeOwnSettings: attack("answers", () => ({ theme: "dark" })),
  sendMemberLink: attack("answers", ({ memberLinkId }) => memberLinkId),
  readMember: attack("not-found", ({ otherMemberId }) => otherMemberId),
  resetMemberPassword: attack("not-found", ({ otherMemberId: memberId }) => ({
    memberId,
    canSendMail: false,
  })),
  listMembers: attackWithoutInput("answers"),
  listOwnSessions: attackWithoutInput("answers"),
  listMemberSessions: attack("not-found", ({ otherMemberId: memberId }) => ({ memberId })),
  endMemberSessions: attack("not-found", ({ otherMemberId: memberId }) => ({ memberId })),
  removeMember: attack("not-found", ({ otherMemberId }) => otherMemberId),
  startAuthenticator: attackWithoutInput("answers"),
  confirmAuthenticator: refusedEverywhere(
    "nobody there is setting up an authenticator",
    "conflict",
    () => ({ code: "123456", sessionId: noSession }),
  ),
  removeAuthenticator: attackWithoutInput("answers"),
  replaceRecoveryCodes: attackWithoutInput("conflict"),
  readOwnFactors: attackWithoutInput("answers"),
  proveIdentity: attack("answers", ({ sessionId }) => ({
    sessionId,
    ...passkeySite,
    proof: { password: "a field of poppies" },
  })),
  startPasskey: attack("answers", () => passkeySite),
  addPasskey: refusedEverywhere("no device made it", "invalid", () => ({
    ...passkeySite,
    sessionId: noSession,
    name: "Mine",
    passkey: noPasskey,
  })),
  renamePasskey: attack("not-found", ({ passkeyId }) => ({ passkeyId, name: "Mine" })),
  removePasskey: attack("not-found", ({ passkeyId }) => ({ passkeyId })),
  requireProof: attackWithoutInput("answers"),
  resetSecondFactors: attack("not-found", ({ otherMemberId: memberId }) => ({ memberId })),
  changeSecondFactorPolicy: attack("answers", () => ({ policy: "nobody" })),
  sendAccountNotice: attack("answers", ({ ownerId: memberId }) => ({
    memberId,
    notice: "factors-reset",
  })),
  changeOrganization: attack("answers", () => ({
    name: "Another",
    homeRegion: "US",
    zone: "UTC",
    locale: "en",
    dialer: "live_agent",
    hours: null,
    complaintDays: 30,
  })),
  countDay: attack("answers", () => ({ zone: "UTC" })),
  createOrganization: refusedEverywhere(
    "it founds the organization of its context",
    "conflict",
    () => ({
      name: "Newcomers",
      homeRegion: "US",
      zone: "UTC",
      locale: "en",
      seller: { name: "Another", sector },
      owner: { name: "Ada", email: "ada@another.example" },
    }),
  ),
  readOrganization: attackWithoutInput("answers"),
  listPurposes: attackWithoutInput("answers"),
  addPurpose: attack("answers", () => ({ key: "another", name: "Another", kind: "survey" })),
  renamePurpose: attack("not-found", () => ({ key: "quartz", name: "Another" })),
  listSellers: attackWithoutInput("answers"),
  addSeller: attack("answers", () => ({ key: "another", name: "Another", sector, consentPolicy })),
  changeSeller: attack("not-found", ({ sellerId: id }) => ({
    id,
    name: "Another",
    sector,
    consentPolicy,
  })),

  printCertificate: attack("not-found", ({ consentId: id }) => ({ id, ...printing })),
  readCertificate: attack("not-found", ({ consentId: id }) => ({ id })),
  listStatements: attack("answers", ({ consentEventId }) => ({ after: consentEventId, limit: 50 })),
  readLedger: attackWithoutInput("answers"),
  readProof: attack("not-found", ({ entryId }) => entryId),

  defineActivityType: attack("answers", () => ({ key: "quartz-visit", properties: { a: "text" } })),
  readActivities: attackWithoutInput("answers"),
  recordActivities: attack("answers", ({ calledPhone, seller }) => ({
    rows: [
      { type: "quartz-visit", contact: { externalId: `agreed-to-${seller}` }, at: "2026-01-06" },
      { type: "quartz-visit", phone: calledPhone, at: "2026-01-06T10:00:00Z" },
    ],
  })),
  recordContacts: attack("answers", ({ calledPhone, seller }) => ({
    rows: [{ externalId: `agreed-to-${seller}`, name: "Another", phones: [calledPhone] }],
  })),
  addClosedDay: attack("answers", () => ({
    jurisdiction: "US-NY",
    region: null,
    first: "2027-01-02",
    last: "2027-01-03",
    reason,
  })),
  declareEmergency: attack("answers", () => ({ jurisdiction: "US-NY", reason })),
  answerLawAcceptance: attack("not-found", ({ lawAcceptanceId: id }) => ({
    id,
    isAccepted: true,
    reason,
  })),
  proposeLawAcceptance: refusedEverywhere(
    "no change of the law waits in these organizations",
    "conflict",
    () => ({ changes: ["0".repeat(64)], reason }),
  ),
  easeRule: attack("answers", () => ({ ruleId: "BE.auto", reason })),
  endClosedDay: attack("not-found", ({ closedDayId: id }) => ({ id })),
  endEmergency: attack("not-found", ({ emergencyId: id }) => ({ id })),
  listClosedDays: attackWithoutInput("answers"),
  listEmergencies: attackWithoutInput("answers"),
  listRuleDecisions: attackWithoutInput("answers"),
  listUpcomingChanges: attackWithoutInput("answers"),
  listLawUpdates: attackWithoutInput("answers"),
  listRuleSets: attackWithoutInput("answers"),
  viewLaw: attackWithoutInput("answers"),
  listRules: attack("answers", () => ({ jurisdiction: "US-NY" })),
  viewPlace: attack("answers", () => ({ jurisdiction: "US-NY" })),
  readRuleSet: attack("answers", () => bundledRuleSetHash),
  restoreRule: attack("conflict", () => ({ ruleId: "BE.auto" })),

  listPolicies: attackWithoutInput("answers"),
  startPolicyDraft: attack("not-found", ({ sellerId }) => ({ sellerId })),
  savePolicyDraft: attack("not-found", ({ policyDraftId: draftId }) => ({
    draftId,
    before: "0".repeat(64),
    rules: [],
  })),
  readPolicyDraft: attack("not-found", ({ policyDraftId: draftId }) => ({ draftId })),
  discardPolicyDraft: attack("not-found", ({ policyDraftId: draftId }) => ({ draftId })),
  publishPolicy: attack("not-found", ({ policyDraftId: draftId }) => ({
    draftId,
    hash: "0".repeat(64),
    inForceFrom: null,
    reason,
  })),

  openBlockedList: attack("not-found", () => ({})),
  streamBlockedNumbers: attackWithoutInput("answers"),
  streamOptedOutNumbers: attackWithoutInput("answers"),
  readBlockedList: attackWithoutInput("answers"),
  setBlockedList: attack("answers", () => ({ schedule: null })),
  writeBlockedList: attackWithoutInput("answers"),
  answerBurstLifting: attack("not-found", ({ liftingId: id }) => ({ id, isAccepted: true })),
  dismissBurst: attack("not-found", ({ burstId: id }) => ({ id })),
  liftBurst: attack("answers", ({ liftingId }) => ({ liftingId, after: null })),
  listBursts: attack("answers", () => ({})),
  sendBurstAlarm: attack("answers", ({ burstId, ownerId: memberId }) => ({ burstId, memberId })),
  proposeBurstLifting: attack("not-found", ({ burstId: id }) => ({
    id,
    reason,
    includesProof: true,
  })),
  readBurst: attack("not-found", ({ burstId: id }) => ({ id })),
  claimDeliveries: attack("answers", ({ endpointId }) => ({ endpointId, limit: 10 })),
  extendClaims: attack("error", ({ deliveryId }) => [{ deliveryId, attempt: 1 }]),
  listDeliveries: attack("answers", ({ endpointId }) => ({ endpointId, limit: 50 })),
  listEndpoints: attackWithoutInput("answers"),
  readVicidial: attack("not-found", ({ endpointId }) => endpointId),
  recordPull: attack("not-found", ({ endpointId }) => ({ endpointId, askedAt: new Date() })),
  replayDeliveries: attack("not-found", ({ deliveryId }) => ({ deliveryId })),
  createWebhook: attack("answers", () => ({
    name: "Another",
    url: "https://quartz.example/hook",
    events: ["opt-out.recorded"],
    reason,
  })),
  changeEndpoint: attack("not-found", ({ endpointId }) => ({ endpointId, isEnabled: false })),
  connectDialer: attack("answers", () => ({ dialer, reason })),
  changeDialer: attack("not-found", ({ endpointId }) => ({ ...dialer, endpointId })),
  readDialer: attack("not-found", ({ endpointId }) => endpointId),
  settleDeliveries: attack("answers", ({ deliveryId }) => ({
    deliveries: [{ deliveryId, attempt: 1 }],
    outcome: { status: 200 },
  })),
  rotateSecret: attack("not-found", ({ endpointId }) => endpointId),
  answerQuestion: attack("not-found", ({ questionId }) => ({ questionId, isRefusal: true })),
  connectMailgun: attack("answers", () => ({
    domain: "quartz.example",
    signingKey: "0".repeat(32),
  })),
  connectTwilio: attack("answers", () => ({
    account: `AC${"0".repeat(32)}`,
    token: "0".repeat(32),
    origin: "https://api.example.com",
  })),
  disconnectSource: attack("not-found", ({ sourceId }) => sourceId),
  listDispositions: attackWithoutInput("answers"),
  listQuestions: attackWithoutInput("answers"),
  listSources: attackWithoutInput("answers"),
  mapDisposition: attack("answers", () => ({
    system: "quartz-dialer",
    code: "QZ",
    reading: "other",
  })),
  recordDialerList: attack("answers", ({ calledPhone }) => ({
    phones: [calledPhone],
    isOurs: true,
  })),
  recordDisposition: attack("answers", ({ calledPhone }) => ({
    system: "quartz-dialer",
    code: "QZ",
    phone: calledPhone,
  })),
  recordMail: attack("answers", () => ({
    provider: "mailgun",
    externalId: "quartz-mail-1",
    from: "ada@example.org",
    subject: "STOP",
    text: "",
    isAutomatic: false,
    signed: null,
  })),
  recordReply: attack("answers", ({ calledPhone }) => ({
    provider: "twilio",
    externalId: "quartz-reply-1",
    channel: "sms",
    phone: calledPhone,
    reading: "refusal",
    text: "STOP",
  })),
  replaceSecret: attack("not-found", ({ sourceId }) => ({ sourceId, secret: "0".repeat(32) })),
  answerCorrection: attack("not-found", ({ correctionId: id }) => ({ id, isAccepted: true })),
  discardUnreadableOptOut: attack("not-found", ({ unreadableId: id }) => ({ id, reason: "test" })),
  exportOptOuts: attackWithoutInput("answers"),
  listCorrections: attackWithoutInput("answers"),
  listDiscardedOptOuts: attackWithoutInput("answers"),
  listOptOuts: attack("answers", ({ phone }) => ({ search: phone, limit: 50 })),
  listUnreadableOptOuts: attackWithoutInput("answers"),
  printReceipt: attackAsPerson("optOutPhoneId", "not-found", ({ optOut }) => ({
    of: "opt-out",
    optOutId: optOut.id,
    ...printing,
  })),
  proposeCorrection: attack("not-found", ({ optOut }) => ({ optOut: optOut.id, reason })),
  recordOptOut: attack("answers", ({ calledPhone: phone, seller }) => ({
    phone,
    channel: "agent",
    scope: { seller },
  })),
  sendReceipt: attack("answers", ({ receiptMailId }) => receiptMailId),
  readOptOut: attack("not-found", ({ optOut: { id } }) => ({ id })),
  readOptOutFeed: attack("answers", () => ({ limit: 1000 })),
  readReceipt: attackAsPerson("optOutPhoneId", "not-found", ({ optOut }) => ({
    optOutId: optOut.id,
  })),
  resolveUnreadableOptOut: attack("not-found", ({ unreadableId: id, calledPhone: phone }) => ({
    id,
    phone,
  })),
  restoreUnreadableOptOut: attack("not-found", ({ discardedId: id }) => ({ id })),
  createReassignedQuery: attackWithoutInput("conflict"),
  importReassignedAnswers: attack("not-found", ({ reassignedQueryId: queryId, calledPhone }) => ({
    queryId,
    fileName: "answer.csv",
    content: chunks(`${calledPhone},2026-01-01,no\r\n`),
  })),
  exportQueryFile: attack("not-found", ({ reassignedQueryId: queryId }) => ({ queryId, file: 1 })),
  importLineTypes: attack("answers", ({ calledPhone }) => ({
    fileName: "lines.csv",
    content: chunks(`${calledPhone},Landline,2026-03-02\r\n`),
  })),
  listReassignedQueries: attack("answers", () => ({})),
  applyEdition: attack("not-found", ({ registryId }) => published(registryId, "202,5550111\n")),
  cancelSync: attack("not-found", ({ registryId }) => registryId),
  changeRegistry: attack("not-found", ({ registryId }) => ({
    registryId,
    name: "Another",
    format: usDnc,
    source: { kind: "folder", path: "us" },
    maxAgeDays: 31,
    maxShrinkShare: 0.02,
  })),
  confirmEdition: attack("not-found", ({ registryId }) => ({
    registryId,
    revision: 1,
    sha256: "b2".repeat(32),
    readAt: new Date(),
    validators,
  })),
  connectRegistry: attack("answers", () => ({
    code: "QUARTZ-DNC",
    name: "Another",
    format: usDnc,
    source: { kind: "folder", path: "us" },
    maxAgeDays: 31,
    maxShrinkShare: 0.02,
  })),
  countContacts: attackWithoutInput("answers"),
  disconnectRegistry: attack("not-found", ({ registryId }) => ({ registryId, reason })),
  endSync: attack("not-found", (of) => ({
    registryId: of.registryId,
    before: { revision: 1, uploadId: null, accepted: [] },
    claim: toClaim(of),
    outcome: {},
    error: null,
  })),
  findPastListings: attack("not-found", ({ registryId, phone }) => ({
    registryId,
    phone,
    from: new Date("2026-01-01T00:00:00Z"),
    until: new Date("2026-06-01T00:00:00Z"),
  })),
  listDisconnectedRegistries: attackWithoutInput("answers"),
  listEditions: attack("answers", ({ registryId }) => ({ registryId, limit: 50 })),
  listRegistries: attackWithoutInput("answers"),
  listRegistryCoverage: attackWithoutInput("answers"),
  listRegistryTrends: attack("answers", ({ registryId }) => ({ registryId })),
  loadFetchFacts: attack("not-found", ({ registryId }) => registryId),
  loadRegistryAnswers: attack("not-found", ({ registryId }) => registryId),
  loadSyncState: attack("not-found", ({ registryId }) => registryId),
  openSource: attack("not-found", ({ registryId }) => registryId),
  readContactCoverage: attackWithoutInput("answers"),
  reconnectRegistry: attack("not-found", ({ registryId }) => registryId),
  recordAnswers: attack("not-found", ({ registryId, askId, calledPhoneId }) => ({
    registryId,
    askId,
    status: "answered",
    answers: [{ phoneId: calledPhoneId, said: "listed" }],
  })),
  recordBalance: attack("not-found", ({ registryId }) => ({ registryId, numbers: 7 })),
  restoreWarning: attack("not-found", ({ unreadReasonId: id }) => ({ id })),
  reviewDisconnection: attack("not-found", ({ registryId, disconnectionId }) => ({
    registryId,
    disconnectionId,
    verdict: "accepted",
    reason,
  })),
  reviewRegistryAnswer: attack("not-found", ({ registryId, registryQuestionId: questionId }) => ({
    registryId,
    questionId,
    verdict: "accepted",
    reason,
  })),
  reviewEdition: attack("not-found", ({ registryId, editionId }) => ({
    registryId,
    editionId,
    verdict: "accepted",
    reason,
  })),
  rollBackRegistry: attack("not-found", ({ registryId }) => ({ registryId, reason, number: 1 })),
  saveFetchedFile: attack("not-found", ({ registryId, fetchId }) => ({
    registryId,
    fetchId,
    name: "list.txt",
    place: "list",
    content: chunks("202,5550111\n"),
  })),
  sendRegistryAlert: attack("answers", ({ alertId, ownerId: memberId }) => ({ alertId, memberId })),
  setReadingSchedule: attack("answers", () => ({
    zone: "UTC",
    readings: { fromMinute: 0, withinMinutes: 0, weekdays: [0] },
  })),
  createRegistryQuestion: attack("not-found", ({ registryId }) => ({ registryId })),
  exportRegistryQuestion: attack("not-found", ({ registryId, registryQuestionId: questionId }) => ({
    registryId,
    questionId,
  })),
  listRegistryQuestions: attack("answers", ({ registryId }) => ({ registryId })),
  attestRegistryAnswer: attack("not-found", ({ registryId, registryQuestionId: questionId }) => ({
    registryId,
    questionId,
    day: "2026-03-02",
    numbers: 1,
    sha256: "c3".repeat(32),
    listed: 0,
    listedNumbers: "",
    operator: "Registry office, letter 7",
  })),
  silenceWarning: attack("answers", () => ({ code: "ES-ROBINSON", reason })),
  startAsk: attack("not-found", ({ registryId }) => registryId),
  startFetch: attack("not-found", ({ registryId }) => ({ kind: "full", revision: 1, registryId })),
  startSync: attack("not-found", ({ registryId }) => registryId),
  updateFetch: attack("not-found", ({ registryId, fetchId }) => ({
    registryId,
    fetchId,
    status: "lost",
  })),
  uploadEdition: attack("not-found", ({ registryId }) => ({
    registryId,
    fileName: "list.txt",
    content: chunks("202,5550111\n"),
  })),
  viewDisconnection: attack("not-found", ({ registryId }) => registryId),
  viewEditionChanges: attack("not-found", ({ registryId }) => ({ registryId, number: 1 })),
  viewRegistry: attack("not-found", ({ registryId }) => registryId),
  optOutByLink: attackAsPerson("optOutPhoneId", "not-found", () => ({ channel: "web" })),
  optOutOnPage: attack("answers", ({ calledPhone: phone, seller }) => ({
    phone,
    scope: { seller },
    visitor: { address: "198.51.100.7", work: null },
  })),
  readOptOutChoices: attackWithoutInput("answers"),
  endSuppression: attack("not-found", ({ suppressionId: id }) => ({ id, reason: "over" })),
  listSuppressions: attack("answers", () => ({ ended: false, limit: 50 })),
  recordSuppression: attack("answers", ({ calledPhone: phone }) => ({
    phone,
    reason: "litigator",
  })),
  reportWrongNumber: attack("answers", ({ calledPhone: phone }) => ({ phone })),

  checkCaptureForm: attack("not-found", ({ formId }) => formId),
  publishCaptureForm: attack("not-found", ({ formId }) => ({
    formId,
    delivery: { sms: true, email: true },
  })),
  readHostedForm: attackWithoutInput("not-found"),
  answerFormCheck: attack("not-found", ({ formId }) => ({
    formId,
    check: "seller-named",
    holds: true,
    note: "Seen.",
  })),
  closeCaptureForm: attack("not-found", ({ formId }) => formId),
  draftCaptureForm: attack("not-found", ({ formId: id, disclosureId }) => ({
    id,
    name: "Another",
    kind: "website_form",
    settings: {
      disclosures: [{ id: disclosureId, version: 1 }],
      origins: ["https://another.example"],
      jurisdictions: ["US"],
      name: "optional",
      email: "optional",
      confirmation: null,
    },
  })),
  endFormCheck: attack("not-found", (of) => ({
    formId: of.formId,
    claim: toClaim(of),
    outcome: {},
    error: null,
  })),
  isFormOrigin: attack("not-found", () => "https://shop.example"),
  issueFormToken: attack("not-found", () => ({ origin: "https://shop.example" })),
  listCaptureForms: attackWithoutInput("answers"),
  openHostedForm: attack("not-found", () => ({
    version: 1,
    page: {
      url: "https://rf.example/f/form",
      title: "Form",
      language: "en",
      text: "",
      disclosures: [],
    },
  })),
  readCaptureForm: attack("not-found", ({ formId }) => formId),
  readPrintedForm: attack("not-found", () => null),
  requestFormCheck: attack("not-found", ({ formId }) => formId),
  submitEmbeddedForm: attack("not-found", ({ submission }) => ({
    submission,
    origin: "https://shop.example",
    ...request,
  })),
  submitHostedForm: attack("not-found", ({ hosted: { token, page, fields } }) => ({
    token,
    page,
    fields,
    ...request,
  })),
  sendConfirmation: attack("answers", ({ confirmationId }) => confirmationId),
  confirmByCode: attack("not-found", ({ confirmationId, confirmationCode: code }) => ({
    confirmationId,
    code,
    ...request,
  })),
  confirmConsents: attackAsPerson("confirmationPhoneId", "not-found", ({ confirmationId }) => ({
    confirmationId,
    act: "link",
    ...request,
  })),
  disownConsents: attackAsPerson("confirmationPhoneId", "not-found", ({ confirmationId }) => ({
    confirmationId,
    ...request,
  })),
  readConfirmation: attack("not-found", ({ confirmationId }) => confirmationId),
  countSources: attackWithoutInput("answers"),
  listConsents: attack("answers", () => ({ limit: 50 })),
  printConsentReceipt: attackAsPerson("receiptPhoneId", "not-found", ({ receipt }) => ({
    receipt,
    consent: receipt,
    ...printing,
  })),
  readConsent: attack("not-found", ({ consentId }) => consentId),
  readConsentReceipt: attackAsPerson("receiptPhoneId", "not-found", ({ receipt }) => ({ receipt })),
  readConsentRecord: attack("not-found", ({ consentId: id }) => ({
    id,
    publicUrl: "https://rf.example",
  })),
  recordConsent: attack("answers", ({ calledPhone: phone, seller }) => aConsent({ phone, seller })),
  recordLetter: attack("not-found", ({ callablePhoneId, consentId, spareFileId }) => ({
    phoneId: callablePhoneId,
    consents: [consentId],
    receivedAt: new Date("2026-03-01T10:00:00Z"),
    file: spareFileId,
  })),
  recordOfflineConsents: attack("not-found", ({ spareFileId, calledPhone: phone }) =>
    anOfflineConsent(spareFileId, { phone }),
  ),
  withdrawByReceipt: attackAsPerson("receiptPhoneId", "not-found", ({ receipt }) => ({
    receipt,
    consent: receipt,
  })),
  withdrawConsent: attack("not-found", ({ consentId: consent }) => ({ consent, channel: "agent" })),
  archiveDisclosure: attack("not-found", ({ disclosureId }) => disclosureId),
  draftDisclosure: attack("not-found", ({ disclosureId: id }) => aDraft({ id })),
  listDisclosures: attackWithoutInput("answers"),
  publishDisclosure: attack("not-found", ({ archived }) => archived.draftId),
  readDisclosure: attack("not-found", ({ disclosureId }) => disclosureId),
  restoreDisclosure: attack("not-found", ({ archived }) => archived.disclosureId),
  readEvidenceFile: attack("not-found", ({ evidenceFileId }) => evidenceFileId),
  uploadEvidenceFile: attack("answers", () => ({
    kind: "scan",
    content: chunks("%PDF-1.7\nx\n%%EOF\n"),
  })),

  readScreening: attack("not-found", ({ screeningId }) => screeningId),
  screenAgain: attack("not-found", ({ screeningId }) => screeningId),
  screenBatch: attack("answers", ({ callablePhone: phone, seller }) => ({
    defaults: { purpose: "marketing", seller },
    items: [{ phone }],
  })),
  screenCall: attack("answers", ({ callablePhone: phone, seller, plan }) => ({
    phone,
    purpose: "marketing",
    seller,
    campaign: plan.key,
  })),
  verifyPermit: attack("invalid", ({ callablePermit, callablePhone: phone }) => ({
    permit: callablePermit,
    phone,
    singleUse: true,
  })),
  readScrubRow: attack("not-found", ({ scrubId }) => ({ scrubId, row: 1 })),
  repeatScrub: attack("not-found", ({ scrubId }) => scrubId),
  runScrub: attack("not-found", ({ scrubId }) => ({
    scrubId,
    attempt: 1,
    onProgress: async () => {},
  })),
  screenRowAgain: attack("not-found", ({ scrubId }) => ({ scrubId, row: 1 })),
  scrubResult: attack("not-found", ({ scrubId }) => scrubId),
  listScrubs: attack("answers", () => ({ limit: 50 })),
  readScrub: attack("not-found", ({ scrubId }) => scrubId),
  startScrub: attack("answers", ({ callablePhone, seller }) => ({
    fileName: "list.csv",
    content: chunks(`phone\n${callablePhone}\n`),
    settings: { purpose: "marketing", seller, header: true },
  })),
  recordCalls: attack("answers", ({ calledPhone: phone, seller, plan }) => ({
    rows: [
      {
        externalId: "call-0",
        phone,
        seller,
        purpose: "marketing",
        campaign: plan.key,
        at: "2026-03-03T17:00:00Z",
      },
    ],
  })),
  judgeCalls: attack("answers", () => ({ limit: 1000 })),
  assignViolation: attack("not-found", ({ violationId }) => ({ violationId, ownerId: null })),
  closeViolation: attack("not-found", ({ violationId }) => ({
    violationId,
    reason: "mended",
    text: "Done.",
  })),
  listScreenings: attack("answers", () => ({ limit: 50, from: new Date(0) })),
  listCalls: attack("answers", () => ({ limit: 50, from: new Date(0) })),
  drawSample: attack("answers", () => ({
    kind: "screenings" as const,
    seed: "quartz",
    size: 50,
    from: new Date(Date.now() - 300 * 86_400_000),
    until: new Date(Date.now() + 86_400_000),
  })),
  listViolations: attack("answers", () => ({ status: "open", limit: 50 })),
  noteViolation: attack("not-found", ({ violationId }) => ({ violationId, text: "Seen." })),
  readViolation: attack("not-found", ({ violationId }) => violationId),

  archiveCampaign: attack("not-found", ofCampaign),
  confirmDuty: attack("not-found", ({ campaignId }) => ({
    campaignId,
    ruleId: "US-TX.registration",
    version: "0".repeat(64),
    reference: "",
    note: "",
  })),
  exportCalls: attack("not-found", ({ campaignId }) => ({ campaignId, reason })),
  handOverCalls: attack("not-found", ({ plan: { key } }) => ({ key, limit: 100 })),
  listCampaigns: attackWithoutInput("answers"),
  readCampaign: attack("not-found", ofCampaign),
  readDuties: attack("not-found", ofCampaign),
  readDutiesByKey: attack("not-found", ({ plan: { key } }) => ({ key })),
  readPreflight: attack("not-found", ofCampaign),
  readResults: attack("not-found", ofCampaign),
  restoreCampaign: attack("not-found", ({ archived: { campaignId } }) => ({ campaignId })),
  saveCampaign: attack("not-found", ({ segmentId, offerId, seller }) =>
    aPlan({ segmentId, offerId }, { seller }),
  ),
  watchCampaigns: attackWithoutInput("answers"),
  withdrawDuty: attack("not-found", ({ campaignId, dutyConfirmationId: confirmationId }) => ({
    campaignId,
    confirmationId,
    reason,
  })),
  moveCampaign: attack("not-found", ({ campaignId }) => ({ campaignId, act: "submit" })),
  archiveOffer: attack("not-found", ofOffer),
  listOffers: attackWithoutInput("answers"),
  matchOffers: attack("not-found", ({ contactId, seller }) => ({
    contactId,
    seller,
    locale: "en",
  })),
  readOffer: attack("not-found", ofOffer),
  restoreOffer: attack("not-found", ({ archived: { offerId } }) => ({ offerId })),
  saveOffer: attack("not-found", ({ offerId: id, segmentId }) => ({
    ...anOffer(),
    offer: { id, version: 1 },
    eligibility: segmentId,
  })),
  readRelevance: attackWithoutInput("answers"),
  setThreshold: attack("not-found", ({ offerId }) => ({ offerId, threshold: 0.5 })),
  readThreshold: attack("not-found", ofOffer),
  trainRelevance: attackWithoutInput("answers"),
  archiveSegment: attack("not-found", ({ segmentId }) => segmentId),
  countRule: attack("answers", ofRule),
  countNodes: attack("answers", ofRule),
  breakDownRule: attack("answers", (of) => ({ ...ofRule(of), field: "@zone" })),
  refreshSegment: attack("answers", ({ segmentId }) => segmentId),
  loadTouchedPeople: attack("answers", () => [1, 2]),
  updateMembership: attack("answers", ({ segmentId }) => ({
    segmentId,
    touched: { ordinals: [1, 2], at: null, columns: null, incomplete: [1, 2] },
  })),
  drawPeople: attack("answers", (of) => ({ ...ofRule(of), draw: 0 })),
  explainPerson: attack("not-found", ({ segmentId, contactId }) => ({
    segmentId,
    contactId,
    locale: "en",
  })),
  exportSegment: attack("not-found", ({ segmentId }) => ({ segmentId, reason })),
  followActivities: attackWithoutInput("answers"),
  listPeople: attack("not-found", ({ segmentId }) => ({ segmentId, place: "callable", limit: 50 })),
  listSegmentVersions: attack("not-found", ({ segmentId }) => ({ segmentId, locale: "en" })),
  listSegments: attack("answers", () => ({ locale: "en" })),
  readRuleVocabulary: attackWithoutInput("answers"),
  readSegment: attack("not-found", ({ segmentId }) => segmentId),
  readWaterfall: attack("not-found", ({ segmentId }) => ({ segmentId })),
  requestWaterfall: attack("not-found", ({ segmentId }) => ({ segmentId })),
  restoreSegment: attack("not-found", ({ archived }) => archived.segmentId),
  sampleRule: attack("answers", ofRule),
  saveSegment: attack("not-found", ({ segmentId: id }) => ({
    segment: { id, version: 1 },
    name: "Another",
    rule: { is: "all", of: [] },
  })),
  screenSegment: attack("answers", ({ segmentId }) => ({ segmentId })),

  listArchived: attack("answers", () => ({ kind: "segment" })),
  restrictContact: attack("not-found", ({ contactId }) => ({ contactId, ground: "objection" })),
  liftRestriction: attack("not-found", ({ restrictedContactId: contactId }) => ({
    contactId,
    reason: "mistake",
    isPersonTold: true,
  })),
  listReads: attack("answers", ({ ownerId: id }) => ({
    actor: { type: "member", id },
    from: new Date("2020-01-01T00:00:00Z"),
    until: new Date("2020-02-01T00:00:00Z"),
    limit: 50,
  })),
  listAuditActors: attackWithoutInput("answers"),
  listAudit: attack("answers", ({ calledPhone: search }) => ({ search, limit: 50 })),
  listContacts: attack("answers", () => ({ search: "Quartz", limit: 50 })),
  readContact: attack("not-found", ({ contactId }) => contactId),
  findNumber: attack("answers", ({ calledPhone: phone, seller }) => ({ phone, seller, limit: 20 })),
  readNumber: attack("not-found", ({ calledPhoneId: phoneId, seller }) => ({
    phoneId,
    seller,
    limit: 20,
  })),
  fileComplaint: attack("not-found", ({ calledPhone: phone, questionId: question }) => ({
    phone,
    text,
    source: "mail",
    refusesCalls: true,
    question,
  })),
  receiveComplaint: attack("answers", ({ calledPhone: phone, seller }) => ({
    phone,
    text,
    seller,
    refusesCalls: true,
    externalId: "quartz-1",
  })),
  listComplaints: attack("answers", () => ({ isDecided: false, isUrgent: false, isMine: false })),
  readComplaint: attack("not-found", ({ complaintId }) => complaintId),
  makeComplaint: attack("not-found", ({ callId }) => ({ callId, text, refusesCalls: false })),
  linkCall: attack("not-found", ({ complaintId, callId }) => ({ complaintId, callId })),
  unlinkCall: attack("not-found", ({ complaintId, linkedCallId: callId }) => ({
    complaintId,
    callId,
  })),
  assignComplaint: attack("not-found", ({ complaintId, ownerId: assigneeId }) => ({
    complaintId,
    assigneeId,
  })),
  noteComplaint: attack("not-found", ({ complaintId }) => ({ complaintId, text })),
  moveDeadline: attack("not-found", ({ complaintId }) => ({
    complaintId,
    dueOn: "2030-01-01",
    reason,
  })),
  addComplaintTask: attack("not-found", ({ complaintId }) => ({ complaintId, title: text })),
  finishComplaintTask: attack("not-found", ({ complaintTaskId: taskId }) => ({ taskId })),
  answerComplaint: attack("not-found", ({ complaintId, contactId }) => ({
    complaintId,
    text,
    channel: "email",
    contactId,
    locale: "en",
  })),
  sendAnswer: attack("answers", ({ mailedAnswerId }) => mailedAnswerId),
  makeEvidencePack: attack("not-found", ({ complaintId: complaint }) => ({
    complaint,
    regulator: null,
    locale: "en" as const,
    reason,
    fontFolder: "fonts",
    verifierFolder: "dist",
  })),
  listEvidencePacks: attack("answers", ({ complaintId }) => complaintId),
  decideComplaint: attack("not-found", ({ complaintId }) => ({
    complaintId,
    decision: "rejected",
    text,
  })),
  withdrawComplaint: attack("not-found", ({ complaintId }) => ({ complaintId, text })),
  appealComplaint: attack("not-found", ({ complaintId }) => ({ complaintId, text })),
  answerLift: attack("not-found", ({ legalHoldLiftId: liftId }) => ({ liftId, isAccepted: true })),
  listHolds: attackWithoutInput("answers"),
  placeHold: attack("not-found", ({ complaintId }) => ({
    on: { scope: "complaint", complaintId },
    reason,
  })),
  proposeLift: attack("not-found", ({ legalHoldId: holdId }) => ({ holdId, reason })),
  answerRetention: attack("not-found", ({ retentionPolicyId: policyId }) => ({
    policyId,
    isPublished: true,
    reason,
  })),
  listSweeps: attackWithoutInput("answers"),
  previewRetention: attack("answers", ({ retentionPolicyId: policyId }) => ({ policyId })),
  proposeRetention: attack("answers", () => ({
    terms: [{ kind: "calls", place: "", days: 400 }],
    reason,
  })),
  readRetention: attackWithoutInput("answers"),
  removeExpired: attack("answers", () => ({})),
  eraseClaims: attack("not-found", ({ consentId }) => ({
    consentId,
    claims: ["name"],
    reason: "asked",
  })),
  eraseFromFiles: attackWithoutInput("answers"),
  erasePerson: attack("not-found", ({ calledPhoneId: phoneId }) => ({
    person: { phoneId },
    reason: "asked",
  })),
  listImports: attack("answers", () => ({ limit: 50 })),
  previewImport: attack("not-found", ({ importId: id }) => ({ id })),
  readImport: attack("not-found", ({ importId }) => importId),
  readRemarkedRows: attack("not-found", ({ importId }) => importId),
  runImport: attack("not-found", ({ importId }) => ({
    importId,
    attempt: 1,
    onProgress: () => {},
  })),
  startImport: attack("not-found", ({ importId: id }) => ({ id, mapping, isDryRun: false })),
  uploadImport: attack("answers", () => ({
    kind: "contacts",
    fileName: "list.csv",
    content: chunks("phone\n+12015550100\n"),
  })),
  confirmPersonCode: attack("answers", ({ personCodeId: id }) => ({ id, code: "000000" })),
  downloadOwnRecord: attackWithoutInput("not-found"),
  readOwnRecord: attack("not-found", () => ({})),
  requestPersonCode: attack("answers", ({ calledPhone: phone }) => ({ phone, locale: "en" })),
  sendPersonCode: attack("answers", ({ personCodeId }) => personCodeId),
  declineTopics: attackAsPerson("optOutPhoneId", "not-found", () => ({
    topics: [PurposeKey.parse("marketing")],
  })),
  chooseCallPreferences: attackAsPerson("optOutPhoneId", "not-found", () => anyCalls),
  withdrawOwnConsent: attackAsPerson("receiptPhoneId", "not-found", ({ receipt: consent }) => ({
    consent,
  })),
  search: attack("answers", ({ calledPhone: text }) => ({ text })),
  listLawPreviews: attack("answers", () => ({ day: "2030-02-07" })),
  requestLawPreview: attack("answers", () => ({ day: "2030-02-07", span: 7 as const })),
  listPolicyPreviews: attack("not-found", ({ policyDraftId: draftId }) => ({ draftId })),
  requestPolicyPreview: attack("not-found", ({ policyDraftId: draftId }) => ({
    draftId,
    span: 7 as const,
  })),
  runLawPreview: attack("not-found", (of) => ({
    previewId: of.lawPreviewId,
    claim: toClaim(of),
    onProgress: () => {},
  })),
  dismissLawNotice: refusedEverywhere(
    "the law is the same for all organizations",
    "conflict",
    () => ({
      change: "ends US.none 2027-01-01",
      stage: 30 as const,
    }),
  ),
  printReport: attack("answers", () => ({
    locale: "en",
    zone: "UTC",
    fontFolder: path.join(import.meta.dirname, "../fonts"),
  })),
  sendReport: attack("answers", ({ ownerId }) => ownerId),
  stopReports: attack("answers", ({ ownerId }) => ownerId),
  countOverview: attackWithoutInput("answers"),
  readOverview: attackWithoutInput("answers"),
  listNeeds: attackWithoutInput("answers"),
  readToday: attack("answers", () => ({ zone: "UTC" })),
};
