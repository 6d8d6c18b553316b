import path from "node:path";
import { AFTER_REGISTRIES } from "@ringfence/core/do-not-call/blocked-list";
import { bundledRuleSetHash } from "@ringfence/core/people/jurisdiction";
import { PurposeKey } from "@ringfence/core/account/purpose";
import {
  type EvidenceFileId,
  type MemberId,
  PasskeyId,
  RefusalBurstId,
  RunId,
  SavedViewId,
  ScreeningId,
  type SessionId,
} from "@ringfence/core/ids";
import { aNumber } from "@ringfence/db/testing";
import type { z } from "zod";
import { archiveCampaign, saveCampaign } from "../src/audience/campaign/index.ts";
import { archiveOffer, saveOffer } from "../src/audience/offer/index.ts";
import { archiveSegment, saveSegment } from "../src/audience/segment/index.ts";
import { recordConsent, recordOfflineConsents } from "../src/consents/consent/index.ts";
import { countOverview } from "../src/desk/overview/index.ts";
import { setBlockedList, writeBlockedList } from "../src/do-not-call/blocked-list/index.ts";
import type { FileContext } from "../src/platform/context.ts";
import type { VerbName, VerbNamed } from "../src/verbs.ts";
import { mapping } from "./attacks.ts";
import { aPlan } from "./campaign-plan.ts";
import { startCampaign } from "./campaigns.ts";
import { anEvidenceFile, anOfflineConsent } from "./evidence.ts";
import { anUpload, runOnce } from "./imports.ts";
import { anOffer } from "./offers.ts";
import { aPermit } from "./permits.ts";
import { aConsent, as } from "./scenes.ts";
import { toChunks } from "./scrubs.ts";
import { noPasskey, passkeySite } from "./soft-passkey.ts";
import type { recordForTwoSellers } from "./two-sellers.ts";

type Rows = Awaited<ReturnType<typeof recordForTwoSellers>>["shop"];

/** Adds what only verbs need: archived things, a running campaign, files, a consent that ends soon. */
export async function recordMore(ctx: FileContext, rows: Rows) {
  const { db, organizationId, keys } = ctx;
  const { seller, sellerId, segmentId, rule } = rows;
  const run = await db.prisma.run.findFirstOrThrow({
    where: { organizationId, subjectId: rows.scrubId },
  });

  const createOffer = (name: string) =>
    saveOffer(ctx, anOffer({ purpose: PurposeKey.parse("marketing"), name }));
  const archivedOffer = await createOffer(`Past offer of ${seller}`);
  const save = (key: string) =>
    saveCampaign(
      ctx,
      aPlan({ segmentId, offerId: rows.offerId }, { seller, key: `${key}-${seller}`, name: key }),
    );
  const archived = await save("past");
  await archiveCampaign(ctx, { campaignId: archived.id });
  await archiveOffer(ctx, { offerId: archivedOffer.id });
  const unusedOffer = await createOffer(`Unused offer of ${seller}`);
  const running = await save("running");
  await startCampaign(ctx, running.id);

  const saveRule = (name: string) => saveSegment(ctx, { name: `${name} of ${seller}`, rule });
  const archivedSegment = await saveRule("Past segment");
  await archiveSegment(ctx, archivedSegment.id);
  const unusedSegment = await saveRule("Unused segment");

  const file = await anEvidenceFile(ctx);
  const asked = {
    text: `May ${seller} call you?`,
    language: "en",
    seller,
    purposes: ["marketing"],
    channels: ["voice_live"],
  };
  await recordOfflineConsents(ctx, anOfflineConsent(file.id, { asked }));
  const validUntil = new Date(Date.now() + 3 * 86_400_000);
  await recordConsent(ctx, aConsent({ seller, validUntil }));
  const permitPhone = aNumber();
  await countOverview({ ...ctx, actor: { type: "job", name: "overview.count" } });
  return {
    ...rows,
    runId: RunId.parse(run.id),
    archivedOfferId: archivedOffer.id,
    archivedCampaignId: archived.id,
    archivedSegmentId: archivedSegment.id,
    unusedOfferId: unusedOffer.id,
    unusedSegmentId: unusedSegment.id,
    runningCampaignId: running.id,
    runningKey: `running-${seller}`,
    evidenceFileId: file.id,
    permitPhone,
    permit: await aPermit({ keys, organizationId }, { phone: permitPhone, seller }),
    sellerId,
  };
}

/** Adds what belongs to the organization and to no seller. */
export async function recordForAllSellers(ctx: FileContext) {
  const reason = "The dialer keeps its own list.";
  await setBlockedList({ ...ctx, ...as(ctx, "owner") }, { schedule: AFTER_REGISTRIES, reason });
  await writeBlockedList({ ...ctx, actor: { type: "job", name: "blocked-list.write" } });
  const upload = await anUpload(ctx, "contacts", `phone,name\n${aNumber()},Ada\n1,2\n`);
  await runOnce(ctx, upload.id);
  const { db, organizationId } = ctx;
  const at = new Date("2026-03-01T02:00:00Z");
  const burst = await db.prisma.refusalBurst.create({
    data: { organizationId, openedAt: at, lastAt: at },
  });
  return { importId: upload.id, burstId: RefusalBurstId.parse(burst.id) };
}

export type SellerRecords = Awaited<ReturnType<typeof recordMore>> &
  Awaited<ReturnType<typeof recordForAllSellers>> & {
    /** The member who calls, with their session and their uploaded files. */
    caller: {
      memberId: MemberId;
      sessionId: SessionId;
      letterFileId: EvidenceFileId;
      spareFileId: EvidenceFileId;
    };
  };

type InputOf<Name extends VerbName> = z.output<VerbNamed<Name>["input"]>;

export type SellerCase<Input> = {
  /** Input that names records of a seller. */
  input: (of: SellerRecords) => Input;
  /**
   * Expected outcome for somebody who works for another seller:
   *
   * - "refused": they are refused, and whoever works for the seller is not.
   * - "hidden": both get an answer, and only whoever works for the seller sees or changes its records.
   * - "counted": both get an answer, and other numbers.
   * - "all-sellers": it is only for those who work for all sellers.
   * - "no-seller": both get the same answer, for the reason, and nobody is shown records of a seller.
   * - "person": only the person of a phone acts, and everybody else fails.
   */
  expects: "refused" | "hidden" | "counted" | "all-sellers" | "no-seller" | "person";
  reason?: string;
};

const of =
  (expects: SellerCase<unknown>["expects"]) =>
  <Input>(input: SellerCase<Input>["input"]): SellerCase<Input> => ({ input, expects });

const refused = of("refused");
const hidden = of("hidden");
const counted = of("counted");
const forAllSellers = of("all-sellers");
const ofNoSeller =
  (reason: string) =>
  <Input>(input: SellerCase<Input>["input"]): SellerCase<Input> => ({
    input,
    expects: "no-seller",
    reason,
  });

const ofMember = ofNoSeller("it concerns the member alone");
const ofOrganization = ofNoSeller("the organization has it once, for all of its sellers");
const ofLaw = ofNoSeller("the law is the same for all sellers");
const ofPeople = ofNoSeller("people and what they do belong to the organization");
const ofAnyCaller = ofNoSeller("everybody records a request not to be called, for any seller");

const none = () => {};
const unknownPasskeyId = PasskeyId.parse("0195a000-0000-7000-8000-000000000001");
const unknownSavedViewId = SavedViewId.parse(unknownPasskeyId);
const locale = "en";
const printing = {
  locale,
  publicUrl: "https://rf.example",
  fontFolder: path.join(import.meta.dirname, "../fonts"),
} as const;
const ofRule = ({ rule, seller }: SellerRecords) => ({ rule, seller, purpose: "marketing" });
const ofScrubRow = ({ scrubId }: SellerRecords) => ({ scrubId, row: 1 });
const ofCampaign = ({ campaignId }: SellerRecords) => ({ campaignId });
const ofSegment = ({ segmentId }: SellerRecords) => ({ segmentId });

/**
 * Every verb that somebody may call who works for some sellers only: agents, marketers and API keys. A test fails if one
 * is missing.
 */
export const sellerCases: { readonly [Name in VerbName]?: SellerCase<InputOf<Name>> } = {
  recordExport: ofNoSeller("it records that a list is exported; the list itself is another verb")(
    () => ({ list: "scrub-result", reason: "They asked for it." }),
  ),
  listRuns: hidden(() => ({ limit: 50 })),
  readRun: refused(({ runId }) => runId),

  findProviderSignOut: ofMember(({ caller }) => ({
    sessionId: caller.sessionId,
    returnTo: "https://rf.example/sign-in",
  })),
  changeOwnPassword: ofMember(({ caller }) => ({
    password: "a field of poppies",
    newPassword: "a row of thistles",
    sessionId: caller.sessionId,
  })),
  changeOwnSettings: ofMember(() => ({ theme: "dark" })),
  addSavedView: ofMember(() => ({
    list: "contacts",
    name: "People",
    filters: { party: "consumer" },
    isShared: false,
  })),
  deleteSavedView: ofMember(() => ({ id: unknownSavedViewId })),
  listSavedViews: ofMember(() => ({ list: "contacts" })),
  renameSavedView: ofMember(() => ({ id: unknownSavedViewId, name: "People" })),
  endSession: ofMember(({ caller }) => ({ sessionId: caller.sessionId })),
  listOwnSessions: ofMember(none),
  confirmAuthenticator: ofMember(({ caller }) => ({
    code: "123456",
    sessionId: caller.sessionId,
  })),
  removeAuthenticator: ofMember(none),
  startAuthenticator: ofMember(none),
  proveIdentity: ofMember(({ caller }) => ({
    ...passkeySite,
    sessionId: caller.sessionId,
    proof: { password: "a field of poppies" },
  })),
  requireProof: ofMember(none),
  startPasskey: ofMember(() => passkeySite),
  addPasskey: ofMember(({ caller }) => ({
    ...passkeySite,
    sessionId: caller.sessionId,
    name: "Mine",
    passkey: noPasskey,
  })),
  renamePasskey: ofMember(() => ({ passkeyId: unknownPasskeyId, name: "Mine" })),
  removePasskey: ofMember(() => ({ passkeyId: unknownPasskeyId })),
  replaceRecoveryCodes: ofMember(none),
  readOwnFactors: ofMember(none),
  readOrganization: ofOrganization(none),
  countDay: counted(() => ({ zone: "UTC" })),
  listPurposes: ofOrganization(none),
  listSellers: ofOrganization(none),

  printCertificate: refused(({ consent: { id } }) => ({ id, ...printing })),
  readCertificate: refused(({ consent: { id } }) => ({ id })),
  listStatements: forAllSellers(() => ({ limit: 50 })),
  readLedger: ofNoSeller("the ledger is one for the installation")(none),
  readProof: refused(({ consent: { entryId } }) => entryId),

  defineActivityType: ofPeople(() => ({ key: "fitting", properties: {} })),
  readActivities: ofPeople(none),
  recordActivities: ofPeople(({ seller }) => ({
    rows: [
      { type: "visit", contact: { externalId: `agreed-to-${seller}` }, at: "2026-01-06T10:00:00Z" },
    ],
  })),
  recordContacts: ofPeople(({ phones }) => ({
    rows: [{ externalId: "guest", phones: [phones.consent] }],
  })),
  listClosedDays: ofLaw(none),
  listEmergencies: ofLaw(none),
  listLawUpdates: ofLaw(none),
  listRuleSets: ofLaw(none),
  readRuleSet: ofLaw(() => bundledRuleSetHash),
  listRuleDecisions: ofLaw(none),
  viewPlace: ofLaw(() => ({ jurisdiction: "US-NY" })),
  listUpcomingChanges: ofLaw(none),
  listRules: ofLaw(() => ({ jurisdiction: "US-NY" })),
  viewLaw: ofLaw(none),

  openBlockedList: forAllSellers(() => ({})),
  listBursts: forAllSellers(() => ({})),
  readBurst: forAllSellers(({ burstId: id }) => ({ id })),
  handOutCode: forAllSellers(({ phoneIds }) => ({ phoneId: phoneIds.consent })),
  listQuestions: forAllSellers(none),
  recordDisposition: ofAnyCaller(({ phones }) => ({
    system: "vicidial",
    code: "DNC",
    phone: phones.optOut,
  })),
  recordDialerList: ofAnyCaller(({ phones }) => ({
    entries: [{ phone: phones.optOut, report: null }],
    isOurs: true,
  })),
  recordMail: ofAnyCaller(() => ({
    provider: "mailgun",
    externalId: "mail-1",
    from: "ada@example.org",
    subject: "STOP",
    text: "",
    isAutomatic: false,
    signed: null,
  })),
  recordReply: ofAnyCaller(({ phones }) => ({
    provider: "twilio",
    externalId: "reply-1",
    channel: "sms",
    phone: phones.optOut,
    reading: "refusal",
    text: "STOP",
  })),
  listCorrections: forAllSellers(none),
  exportOptOuts: hidden(none),
  readOptOutFeed: hidden(() => ({ limit: 1000 })),
  listOptOuts: forAllSellers(() => ({ limit: 50 })),
  readOptOut: forAllSellers(({ optOut: { id } }) => ({ id })),
  recordOptOut: ofAnyCaller(({ phones, seller }) => ({
    phone: phones.optOut,
    channel: "agent",
    scope: { seller },
  })),
  listDiscardedOptOuts: forAllSellers(none),
  listUnreadableOptOuts: forAllSellers(none),
  reportWrongNumber: ofAnyCaller(({ phones }) => ({ phone: phones.optOut })),
  optOutByLink: { input: () => ({ channel: "web" }), expects: "person" },
  optOutOnPage: ofAnyCaller(({ phones, seller }) => ({
    phone: phones.optOut,
    scope: { seller },
    visitor: { address: "198.51.100.7", work: null },
  })),
  readOptOutChoices: ofAnyCaller(none),

  listCaptureForms: hidden(none),
  listCaptureFormsWithConsents: hidden(none),
  readCaptureForm: refused(({ formId }) => formId),
  readConsentRecord: refused(({ consent: { id } }) => ({ id, publicUrl: "https://rf.example" })),
  countSources: counted(none),
  listConsents: hidden(() => ({ limit: 50 })),
  readConsent: refused(({ consent }) => consent.id),
  recordConsent: refused(({ phones: { consent: phone }, seller }) => aConsent({ phone, seller })),
  recordLetter: refused(({ phoneIds, consent, caller: { letterFileId } }) => ({
    phoneId: phoneIds.consent,
    consents: [consent.id],
    receivedAt: new Date("2026-03-01T10:00:00Z"),
    file: letterFileId,
  })),
  withdrawConsent: refused(({ consent }) => ({ consent: consent.id, channel: "agent" })),
  recordOfflineConsents: refused(({ phones: { consent: phone }, seller, caller }) =>
    anOfflineConsent(caller.spareFileId, {
      phone,
      asked: {
        text: "May we call you?",
        language: "en",
        seller,
        purposes: ["marketing"],
        channels: ["voice_live"],
      },
    }),
  ),
  listDisclosures: hidden(none),
  readDisclosure: refused(({ disclosureId }) => disclosureId),
  readEvidenceFile: refused(({ evidenceFileId }) => evidenceFileId),
  uploadEvidenceFile: ofNoSeller("a file proves nothing until a consent names it")(() => ({
    kind: "scan",
    content: toChunks("%PDF-1.7\nx\n%%EOF\n"),
  })),

  recordCalls: hidden(({ phones: { consent: phone }, seller }) => ({
    rows: [{ phone, seller, purpose: "marketing", at: "2026-03-02T15:00:00Z" }],
  })),
  verifyPermit: refused(({ permit, permitPhone: phone }) => ({ permit, phone, singleUse: false })),
  readScreening: refused(({ screening: { id } }) => ScreeningId.parse(id)),
  screenAgain: refused(({ screening: { id } }) => ScreeningId.parse(id)),
  screenBatch: refused(({ phones: { consent: phone }, seller }) => ({
    defaults: { purpose: "marketing", seller },
    items: [{ phone }],
  })),
  screenCall: refused(({ phones: { consent: phone }, seller }) => ({
    phone,
    purpose: "marketing",
    seller,
  })),
  listScrubs: hidden(() => ({ limit: 50 })),
  readScrub: refused(({ scrubId }) => scrubId),
  scrubResult: refused(({ scrubId }) => scrubId),
  readScrubRow: refused(ofScrubRow),
  screenRowAgain: refused(ofScrubRow),
  repeatScrub: refused(({ scrubId }) => scrubId),
  startScrub: refused(({ seller }) => ({
    fileName: "list.csv",
    content: toChunks("phone\n+12015550100\n"),
    settings: { purpose: "marketing", seller, header: true },
  })),

  archiveCampaign: refused(ofCampaign),
  restoreCampaign: refused(({ archivedCampaignId: campaignId }) => ({ campaignId })),
  readDuties: refused(ofCampaign),
  readDutiesByKey: refused(({ runningKey: key }) => ({ key })),
  handOverCalls: refused(({ runningKey: key }) => ({ key, limit: 100 })),
  listCampaigns: hidden(none),
  readCampaign: refused(ofCampaign),
  moveCampaign: refused(({ campaignId }) => ({ campaignId, act: "submit" })),
  readPreflight: refused(ofCampaign),
  readResults: refused(ofCampaign),
  saveCampaign: refused(({ campaignId, plan }) => ({
    campaign: { id: campaignId, version: 1 },
    ...plan,
  })),
  archiveOffer: ofOrganization(({ unusedOfferId: offerId }) => ({ offerId })),
  restoreOffer: ofOrganization(({ archivedOfferId: offerId }) => ({ offerId })),
  listOffers: ofOrganization(none),
  readOffer: ofOrganization(({ offerId }) => ({ offerId })),
  matchOffers: refused(({ contactId, seller }) => ({ contactId, seller, locale })),
  saveOffer: ofOrganization(() => anOffer()),
  readRelevance: counted(none),
  readThreshold: ofOrganization(({ offerId }) => ({ offerId })),
  setThreshold: forAllSellers(({ offerId }) => ({ offerId, threshold: 0.5 })),
  archiveSegment: refused(({ unusedSegmentId }) => unusedSegmentId),
  restoreSegment: refused(({ archivedSegmentId }) => archivedSegmentId),
  requestWaterfall: refused(ofSegment),
  readWaterfall: refused(ofSegment),
  countNodes: refused(ofRule),
  countRule: refused(ofRule),
  drawPeople: refused((of) => ({ ...ofRule(of), draw: 0 })),
  sampleRule: refused(ofRule),
  breakDownRule: refused((of) => ({ ...ofRule(of), field: "@zone" })),
  explainPerson: refused(({ segmentId, contactId }) => ({ segmentId, contactId, locale })),
  listPeople: refused(({ segmentId }) => ({ segmentId, place: "callable", limit: 50 })),
  listSegmentVersions: refused(({ segmentId }) => ({ segmentId, locale })),
  listSegments: hidden(() => ({ locale })),
  readSegment: refused(({ segmentId }) => segmentId),
  readRuleVocabulary: hidden(none),
  saveSegment: refused(({ segmentId: id, segmentName: name }) => ({
    segment: { id, version: 1 },
    name,
    rule: { is: "all", of: [] },
  })),

  listArchived: counted(() => ({ kind: "segment" })),
  listContacts: ofPeople(() => ({ limit: 50 })),
  readContact: counted(({ contactId }) => contactId),
  findNumber: refused(({ phones: { consent: phone }, seller }) => ({ phone, seller, limit: 20 })),
  readNumber: refused(({ phoneIds: { consent: phoneId }, seller }) => ({
    phoneId,
    seller,
    limit: 20,
  })),
  fileComplaint: refused(({ phones: { consent: phone }, seller }) => ({
    phone,
    text: "They called at night.",
    seller,
    source: "agent",
    refusesCalls: false,
  })),
  receiveComplaint: refused(({ phones: { consent: phone }, seller }) => ({
    phone,
    text: "They called at night.",
    seller,
    refusesCalls: false,
  })),
  listImports: ofPeople(() => ({ limit: 50 })),
  readImport: ofPeople(({ importId }) => importId),
  readRemarkedRows: ofPeople(({ importId }) => importId),
  runImport: ofPeople(({ importId }) => ({ importId, attempt: 1, onProgress: () => {} })),
  startImport: ofPeople(({ importId: id }) => ({ id, mapping, isDryRun: false })),
  previewImport: ofPeople(({ importId: id }) => ({ id })),
  uploadImport: ofPeople(() => ({
    kind: "contacts",
    fileName: "list.csv",
    content: toChunks("phone\n+12015550100\n"),
  })),
  search: hidden(() => ({ text: "o" })),
  readOverview: counted(none),
  // Members of one seller have needs only of campaigns that paused themselves, and none did.
  listNeeds: ofNoSeller("nothing that waits here is of one seller")(none),
  listEndingConsents: counted(none),
  listLawNotices: ofLaw(none),
  readToday: counted(() => ({ zone: "UTC" })),
};
