import { formatFormAddress } from "@ringfence/core/consents/capture-form";
import { SaveProcessingDetails } from "@ringfence/core/desk/processing-record";
import type { MemberId } from "@ringfence/core/ids";
import {
  ApiKeyId,
  AuditEntryId,
  BurstLiftingId,
  CallId,
  CaptureFormId,
  ComplaintEventId,
  ConfirmationId,
  ConsentId,
  ContactId,
  DutyConfirmationId,
  DeliveryId,
  EndpointId,
  LegalHoldId,
  LegalHoldLiftId,
  MemberLinkId,
  OptOutCorrectionId,
  PersonCodeId,
  PasskeyId,
  PhoneId,
  QuestionId,
  ReassignedQueryId,
  ReceiptMailId,
  RefusalBurstId,
  RegistryAlertId,
  RegistryAskId,
  RegistryEditionId,
  RegistryFetchId,
  RegistryQuestionId,
  RegistryId,
  RetentionPolicyId,
  RunId,
  SavedViewId,
  ScreeningId,
  type SegmentId,
  SessionId,
  SourceId,
  SuppressionId,
  UnreadableOptOutId,
  ViolationId,
} from "@ringfence/core/ids";
import { z } from "zod";
import { PurposeKey } from "@ringfence/core/account/purpose";
import { AFTER_REGISTRIES } from "@ringfence/core/do-not-call/blocked-list";
import { RecordSuppression } from "@ringfence/core/do-not-call/suppression";
import { complain, file } from "./complaints.ts";
import { aNumber, aSeller } from "@ringfence/db/testing";
import { makeApiKey, registerPublicKey } from "../src/account/api-key/index.ts";
import { createMemberLink } from "../src/account/member/index.ts";
import { addPurpose } from "../src/account/purpose/index.ts";
import { setThreshold } from "../src/audience/relevance/index.ts";
import { archiveCampaign, saveCampaign } from "../src/audience/campaign/index.ts";
import { archiveOffer, saveOffer } from "../src/audience/offer/index.ts";
import { archiveSegment, exportSegment, saveSegment } from "../src/audience/segment/index.ts";
import { screenCall } from "../src/calling/screening/index.ts";
import { addComplaintTask, answerComplaint } from "../src/desk/complaint/index.ts";
import { recordContacts } from "../src/people/contact/index.ts";
import { requestPersonCode } from "../src/desk/own-record/index.ts";
import { setBlockedList, writeBlockedList } from "../src/do-not-call/blocked-list/index.ts";
import { claimDeliveries, createWebhook } from "../src/do-not-call/endpoint/index.ts";
import { connectMailgun, mapDisposition, recordReply } from "../src/do-not-call/inbound/index.ts";
import { createReassignedQuery } from "../src/do-not-call/reassigned/index.ts";
import {
  discardUnreadableOptOut,
  proposeCorrection,
  recordOptOut,
} from "../src/do-not-call/opt-out/index.ts";
import { saveProcessingDetails } from "../src/desk/processing-record/index.ts";
import { restrictContact } from "../src/desk/restriction/index.ts";
import { recordSuppression } from "../src/do-not-call/suppression/index.ts";
import { defineActivityType, recordActivities } from "../src/people/activity/index.ts";
import { savePolicyDraft, startPolicyDraft } from "../src/calling/policy/index.ts";
import { aPolicyRule } from "./policies.ts";
import { addClosedDay, declareEmergency, easeRule } from "../src/people/jurisdiction/index.ts";
import { type FileContext, inTransaction } from "../src/platform/context.ts";
import { requirePersonPhone } from "../src/platform/access/person-context.ts";
import { archiveDisclosure, draftDisclosure } from "../src/consents/disclosure/index.ts";
import { aPlan } from "./campaign-plan.ts";
import { aConfirmation } from "./confirmations.ts";
import { aConsentReceipt } from "./consent-receipts.ts";
import { anEvidenceFile, anOfflineConsent } from "./evidence.ts";
import { aDisclosure, aDraft } from "./forms.ts";
import { anOffer } from "./offers.ts";
import { aKeyPair } from "./public-keys.ts";
import { anUpload, runOnce } from "./imports.ts";
import { aMember, aSession } from "./members.ts";
import { anAuthenticator } from "./second-factors.ts";
import { aPermit } from "./permits.ts";
import { recorded } from "./opt-outs.ts";
import { aCallablePhone } from "./phones.ts";
import { callForSeller, planForSeller } from "./plans-of-sellers.ts";
import { aScrubbingOrganization } from "./scrubs.ts";
import { db } from "./scenes.ts";
import { aHostedSubmission, aSubmission } from "./submissions.ts";
import { recordOfflineConsents } from "../src/consents/consent/index.ts";

/** Word in every name and text of this organization. */
const MARK = "Quartz";

const job = (ctx: FileContext, name: string): FileContext => ({
  ...ctx,
  actor: { type: "job", name },
});

/** Creates a contact whose processing an officer restricted. */
async function aRestrictedContact(ctx: FileContext): Promise<ContactId> {
  const { db, organizationId } = ctx;
  const externalId = `${MARK} restricted`;
  await recordContacts(ctx, { rows: [{ externalId, phones: [aNumber()] }] });
  const where = { organizationId, externalId };
  const { id } = await db.prisma.contact.findFirstOrThrow({ where });
  const contactId = ContactId.parse(id);
  await restrictContact(ctx, { contactId, ground: "objection" });
  return contactId;
}

/** Creates a complaint of a person with a mailbox, and an answer that waits to be sent there. */
async function aMailedAnswer(ctx: FileContext): Promise<ComplaintEventId> {
  const { db, organizationId } = ctx;
  const phone = aNumber();
  const externalId = `${MARK} complains`;
  await recordContacts(ctx, {
    rows: [{ externalId, phones: [phone], email: "pat@quartz.example" }],
  });
  const contact = await db.prisma.contact.findFirstOrThrow({
    where: { organizationId, externalId },
  });
  await answerComplaint(ctx, {
    complaintId: await file(ctx, { phone, text: `${MARK} called again` }),
    text: `Dear ${MARK} Person`,
    channel: "email",
    contactId: ContactId.parse(contact.id),
    locale: "en",
  });
  const answer = await db.prisma.complaintEvent.findFirstOrThrow({
    where: { organizationId, kind: "answered" },
  });
  return ComplaintEventId.parse(answer.id);
}

/** Records something of every kind for an organization, and returns the ids. */
export async function anOrganizationWithEverything() {
  const owner = await aMember({ role: "owner" });
  const { organizationId } = owner.ctx;
  await db.prisma.member.updateMany({
    where: { organizationId },
    data: { hasWeeklyReport: true },
  });
  const { ctx, ...scrubbing } = await aScrubbingOrganization(owner.ctx);
  await db.prisma.organization.update({
    where: { id: organizationId },
    data: { name: `${MARK} Holding` },
  });
  const firstId = async <Id>(
    id: { parse: (value: unknown) => Id },
    table: string,
    column = "id",
    order = column,
  ) => {
    const { rows } = await db.pool.query<{ id: string }>(
      `SELECT ${column} AS id FROM ${table} WHERE organization_id = $1 ORDER BY ${order} LIMIT 1`,
      [organizationId],
    );
    return id.parse(rows[0]?.id);
  };
  const seller = "quartz";
  const sellerId = await aSeller(db, organizationId, seller);
  await addPurpose(ctx, { key: PurposeKey.parse("quartz"), name: `${MARK} news`, kind: "survey" });
  const other = await aMember({ role: "officer", of: owner });
  await aSession(owner);
  await anAuthenticator(other);
  await db.prisma.passkey.create({
    data: {
      organizationId,
      memberId: owner.memberId,
      name: `${MARK} laptop`,
      credentialId: `${MARK}-credential`,
      publicKey: Buffer.alloc(32),
      counter: 0n,
      createdAt: new Date(),
    },
  });
  await inTransaction(ctx, (ctx) => createMemberLink(ctx, other.memberId, { isMailed: true }));

  const { key: apiKey } = await makeApiKey(ctx, {
    name: `${MARK} key`,
    scopes: ["screen"],
    sellers: [],
    reason: `${MARK} dials`,
  });
  const { id: signedKeyId } = await makeApiKey(ctx, {
    name: `${MARK} key of a bank`,
    scopes: ["screen"],
    reason: `${MARK} dials for a bank`,
  });
  const { pem: publicKey, thumbprint } = aKeyPair();
  await registerPublicKey(ctx, { apiKeyId: signedKeyId, publicKey });
  const nonce = { nonceHash: Buffer.alloc(32), signedAt: new Date() };
  await db.prisma.signatureNonce.create({
    data: { organizationId, apiKeyId: signedKeyId, ...nonce },
  });
  await addClosedDay(ctx, {
    jurisdiction: "US-NY",
    region: null,
    first: "2027-01-02",
    last: "2027-01-03",
    reason: `${MARK} holidays`,
  });
  await declareEmergency(ctx, { jurisdiction: "US-NY", reason: `${MARK} had a flood` });
  await easeRule(ctx, { ruleId: "BE.auto", reason: `${MARK} asked its lawyer` });

  await db.prisma.lawAcceptance.create({
    data: {
      organizationId: ctx.organizationId,
      parts: ["rule US-FL.cap"],
      changes: ["0".repeat(64)],
      reason: `${MARK} asked its lawyer`,
      proposedBy: other.memberId,
      proposedAt: new Date(),
    },
  });

  const policyDraft = await startPolicyDraft(other.ctx, { sellerId: null });
  await savePolicyDraft(other.ctx, {
    draftId: policyDraft.id,
    before: policyDraft.hash,
    rules: [aPolicyRule({ note: `${MARK} calls its customers seldom` })],
  });
  await db.prisma.retentionPolicy.create({
    data: {
      organizationId,
      reason: `${MARK} keeps less`,
      proposedBy: other.memberId,
      proposedAt: new Date(),
    },
  });
  const hold = await db.prisma.legalHold.create({
    data: {
      organizationId,
      scope: "campaign",
      campaign: `${MARK}-sued`,
      placedBy: other.memberId,
      placedAt: new Date(),
      lifts: { create: { proposedBy: other.memberId, proposedAt: new Date() } },
    },
  });
  await db.prisma.legalHoldReason.create({
    data: { organizationId, id: hold.id, holdId: hold.id, text: `${MARK} is sued` },
  });

  const savedView = await db.prisma.savedView.create({
    data: {
      organizationId,
      memberId: other.memberId,
      list: "calls",
      name: `${MARK} calls`,
      filters: { campaign: `${MARK}-sued` },
      isShared: true,
      createdAt: new Date(),
    },
  });

  await db.prisma.lawNoticeDismissal.create({
    data: {
      organizationId,
      memberId: other.memberId,
      change: "begins US.none 2027-01-01",
      stage: 90,
      at: new Date(),
    },
  });

  const { id: lawPreviewId } = await db.prisma.lawPreview.create({
    data: {
      organizationId,
      day: new Date("2030-02-07"),
      span: 7,
      madeAt: new Date(),
      comparedWith: new Date("2030-01-01"),
      result: {
        calls: {
          found: 0,
          unknown: 0,
          judged: 0,
          refusedBefore: 0,
          refusedAfter: 0,
          newlyRefused: 0,
          newlyAllowed: 0,
          reasons: [],
        },
        campaigns: [],
        campaignsLeftOut: 0,
      },
      rows: {
        create: {
          number: 1,
          contactId: other.memberId,
          isRefused: true,
          reasons: [{ reason: "consent-missing", rule: `${MARK}.rule` }],
        },
      },
    },
  });

  await db.prisma.run.create({
    data: {
      organizationId,
      job: "law.preview",
      subjectId: lawPreviewId,
      status: "done",
      createdAt: new Date(),
    },
  });

  const called = await callForSeller(ctx, { seller });
  const plan = await planForSeller(ctx, { seller, sellerId });
  await setThreshold(ctx, { offerId: plan.offerId, threshold: 0.2 });
  await defineActivityType(ctx, { key: "quartz-visit", properties: {} });
  await recordActivities(ctx, {
    rows: [
      {
        type: "quartz-visit",
        contact: { externalId: `agreed-to-${seller}` },
        at: "2026-01-06T10:00:00Z",
        externalId: "quartz-activity-1",
      },
    ],
  });
  const archived = await archiveOne(ctx, { seller, segmentId: plan.segmentId });
  await exportSegment(ctx, { segmentId: plan.segmentId, reason: `${MARK} calls by hand` });

  const phone = aNumber();
  const optOut = await recorded(ctx, { phone, channel: "agent", scope: { seller } });
  await proposeCorrection(ctx, { optOut: optOut.id, reason: `${MARK} misheard it` });
  await recordOptOut(ctx, { phone: `${MARK} 214 555`, channel: "sms" });
  const discardedId = await firstId(UnreadableOptOutId, "misread_opt_out");
  await discardUnreadableOptOut(ctx, { id: discardedId, reason: "test" });
  await recordOptOut(ctx, { phone: `${MARK} 215 666`, channel: "sms" });
  await recordSuppression(ctx, RecordSuppression.parse({ phone: aNumber(), reason: "litigator" }));
  const restrictedContactId = await aRestrictedContact(ctx);
  await saveProcessingDetails(
    ctx,
    SaveProcessingDetails.parse({ contact: `${MARK} desk`, transfers: `${MARK} cloud` }),
  );
  const callable = await aCallablePhone(ctx);
  const inAnHour = new Date(Date.now() + 3_600_000);
  const screening = await screenCall(ctx, {
    phone: callable.phone,
    seller: "acme",
    purpose: "marketing",
  });
  const scrubId = await scrubbing.start("phone\n+12015550100\n", { seller });
  await scrubbing.run(scrubId);

  await connectMailgun(ctx, { domain: "quartz.example", signingKey: `${MARK}-signing-key-0123` });
  await mapDisposition(ctx, { system: "quartz-dialer", code: "QZ", reading: "refusal" });
  const inbound = job(ctx, "inbound");
  await recordReply(inbound, {
    provider: "twilio",
    externalId: "quartz-reply-1",
    channel: "sms",
    phone: aNumber(),
    reading: "question",
    text: `${MARK}, who is this?`,
  });
  const webhook = await createWebhook(ctx, {
    name: `${MARK} hook`,
    url: "https://quartz.example/hook",
    events: ["opt-out.recorded"],
    reason: `${MARK} dials`,
  });
  await recorded(ctx, { phone: aNumber(), channel: "agent" });
  const endpointId = await firstId(EndpointId, "endpoint");
  await claimDeliveries(job(ctx, "webhook.deliver"), { endpointId, limit: 10 });
  await setBlockedList(ctx, { schedule: AFTER_REGISTRIES, reason: `${MARK} dials` });
  await writeBlockedList(job(ctx, "blocked-list.write"));
  await createReassignedQuery(ctx);

  const { id: evidenceFileId } = await anEvidenceFile(ctx);
  const asked = {
    asked: {
      text: `May ${MARK} call you?`,
      language: "en",
      seller,
      purposes: ["marketing"],
      channels: ["voice_live"],
    },
  };
  await recordOfflineConsents(ctx, anOfflineConsent(evidenceFileId, asked));
  const spareFile = await anEvidenceFile(ctx);
  const confirmation = await aConfirmation({ means: "sms", isAsked: true }, { ctx });
  const receipt = await aConsentReceipt(ctx);
  const upload = await anUpload(ctx, "contacts", `phone,name\n${aNumber()},${MARK} Person\n1,2\n`);
  await runOnce(ctx, upload.id);

  const visitor: FileContext = { ...ctx, actor: { type: "visitor", page: "my" } };
  await requestPersonCode(visitor, { phone: called.calledPhone, locale: "en" });
  const person = {
    ...ctx,
    actor: { type: "person", phoneId: called.calledPhoneId } as const,
  };
  const linkedCallId = CallId.parse(called.callId);
  const complaintId = await complain(person, {
    text: `${MARK} called at night`,
    callId: linkedCallId,
  });
  const complaintTaskId = await addComplaintTask(ctx, {
    complaintId,
    title: `Ask ${MARK} Person`,
  });
  const mailedAnswerId = await aMailedAnswer(ctx);

  await db.prisma.receiptMail.create({
    data: {
      organizationId,
      email: "ada@quartz.example",
      mailboxKey: new Uint8Array(32),
      optOutIds: [optOut.id],
      locale: "en",
      createdAt: new Date(),
    },
  });
  await insertProvider(ctx, owner.memberId);
  await insertDutyConfirmation(ctx, { sellerId, campaignId: plan.campaignId });
  await insertRegistry(ctx, other.memberId);
  await insertBurst(ctx, { optOutId: optOut.id, officerId: other.memberId });

  const formId = await firstId(CaptureFormId, "capture_form");
  return {
    ctx,
    seller,
    sellerId,
    phone,
    apiKey,
    webhookSecret: webhook.secret,
    optOut,
    screeningId: ScreeningId.parse(screening.id),
    consentLink: receipt.link,
    receipt: receipt.receipt,
    receiptPhoneId: requirePersonPhone(receipt.ctx),
    optOutPhoneId: await firstId(PhoneId, "opt_out", "phone_id", "id"),
    archived,
    discardedId,
    confirmationCode: confirmation.code,
    restrictedContactId,
    callablePhone: callable.phone,
    callablePermit: await aPermit(ctx, { phone: callable.phone, at: inAnHour }),
    callablePhoneId: callable.phoneId,
    ...called,
    ...plan,
    scrubId,
    otherMemberId: other.memberId,
    ownerId: owner.memberId,
    formAddress: formatFormAddress({ organizationId, formId }),
    formId,
    submission: (await aSubmission(ctx, receipt.address)).submission,
    hostedAddress: receipt.address,
    hosted: await aHostedSubmission(ctx, receipt.address),
    entryId: await firstId(Uuid, "vault.statement", "entry_id"),
    importId: upload.id,
    spareFileId: spareFile.id,
    evidenceFileId,
    apiKeyId: await firstId(ApiKeyId, "api_key"),
    signedKeyId,
    thumbprint,
    auditEntryId: await firstId(AuditEntryId, "audit_entry"),
    callId: await firstId(CallId, "call"),
    closedDayId: await firstId(Uuid, "closed_day"),
    complaintId,
    linkedCallId,
    complaintTaskId,
    mailedAnswerId,
    confirmationId: await firstId(ConfirmationId, "confirmation"),
    confirmationPhoneId: await firstId(PhoneId, "confirmation", "phone_id", "id"),
    consentId: await firstId(ConsentId, "consent_event", "consent_id"),
    consentEventId: await firstId(Uuid, "consent_event"),
    correctionId: await firstId(OptOutCorrectionId, "opt_out_correction"),
    deliveryId: await firstId(DeliveryId, "delivery"),
    emergencyId: await firstId(Uuid, "emergency"),
    endpointId,
    memberLinkId: await firstId(MemberLinkId, "member_link"),
    questionId: await firstId(QuestionId, "refusal_question"),
    reassignedQueryId: await firstId(ReassignedQueryId, "reassigned_query"),
    burstId: await firstId(RefusalBurstId, "refusal_burst"),
    lawPreviewId,
    policyDraftId: policyDraft.id,
    lawAcceptanceId: await firstId(Uuid, "law_acceptance"),
    retentionPolicyId: await firstId(RetentionPolicyId, "retention_policy"),
    savedViewId: SavedViewId.parse(savedView.id),
    legalHoldId: await firstId(LegalHoldId, "legal_hold"),
    legalHoldLiftId: await firstId(LegalHoldLiftId, "legal_hold_lift"),
    liftingId: await firstId(BurstLiftingId, "burst_lifting"),
    registryId: await firstId(RegistryId, "registry"),
    alertId: await firstId(RegistryAlertId, "registry_alert"),
    askId: await firstId(RegistryAskId, "registry_ask"),
    editionId: await firstId(RegistryEditionId, "registry_edition"),
    fetchId: await firstId(RegistryFetchId, "registry_fetch"),
    dutyConfirmationId: await firstId(DutyConfirmationId, "duty_confirmation"),
    disconnectionId: await firstId(Uuid, "registry_disconnection"),
    registryQuestionId: await firstId(RegistryQuestionId, "registry_question"),
    personCodeId: await firstId(PersonCodeId, "person_code"),
    receiptMailId: await firstId(ReceiptMailId, "receipt_mail"),
    runId: await firstId(RunId, "run", "id", "job = 'law.preview', id"),
    sessionId: await firstId(SessionId, "session"),
    passkeyId: await firstId(PasskeyId, "passkey"),
    sourceId: await firstId(SourceId, "inbound_source"),
    suppressionId: await firstId(SuppressionId, "suppression"),
    unreadableId: await firstId(UnreadableOptOutId, "misread_opt_out", "id", "id DESC"),
    unreadReasonId: await firstId(Uuid, "unread_reason"),
    violationId: await firstId(ViolationId, "violation"),
  };
}

export type Everything = Awaited<ReturnType<typeof anOrganizationWithEverything>>;

const Uuid = z.uuid();

/** Archives one of each kind that can be archived, and drafts a disclosure. */
async function archiveOne(
  ctx: FileContext,
  { seller, segmentId }: { seller: string; segmentId: SegmentId },
) {
  const rule = { is: "all" as const, of: [] };
  const segment = await saveSegment(ctx, { name: `${MARK} past segment`, rule });
  await archiveSegment(ctx, segment.id);
  const purpose = PurposeKey.parse("marketing");
  const offer = await saveOffer(ctx, anOffer({ purpose, name: `${MARK} offer` }));
  const key = "of-quartz-past";
  const plan = aPlan({ segmentId, offerId: offer.id }, { seller, key, name: `${MARK} past calls` });
  const campaign = await saveCampaign(ctx, plan);
  await archiveCampaign(ctx, { campaignId: campaign.id });
  await archiveOffer(ctx, { offerId: offer.id });
  const disclosure = await aDisclosure(ctx, aDraft({}, { seller, title: `${MARK} past words` }));
  await archiveDisclosure(ctx, disclosure.id);
  const draft = await draftDisclosure(ctx, aDraft({}, { seller, title: `${MARK} new words` }));
  return {
    segmentId: segment.id,
    offerId: offer.id,
    campaignId: campaign.id,
    disclosureId: disclosure.id,
    draftId: draft.id,
  };
}

/** Inserts an identity provider, and a session that began there. */
async function insertProvider({ organizationId }: FileContext, memberId: MemberId) {
  const at = new Date("2026-03-01T02:00:00Z");
  const issuer = "https://id.quartz.example";
  const subject = `${MARK}-subject`;
  await db.prisma.identityProvider.create({
    data: {
      organizationId,
      issuer,
      name: `${MARK} ID`,
      clientId: `${MARK}-client`,
      clientSecret: new Uint8Array(32),
      scopes: "openid",
      groupsClaim: "groups",
      groups: [{ group: `${MARK}-staff`, role: "agent", sellerIds: [] }],
      changedById: memberId,
      changedAt: at,
    },
  });
  await db.prisma.providerAccount.create({
    data: { organizationId, issuer, subject, memberId, linkedAt: at },
  });
  const expiresAt = new Date(Date.now() + 3_600_000);
  const { id: sessionId } = await db.prisma.session.create({
    data: { organizationId, memberId, createdAt: at, expiresAt, freshUntil: expiresAt },
  });
  await db.prisma.providerSession.create({
    data: {
      organizationId,
      sessionId,
      issuer,
      subject,
      sid: `${MARK}-sid`,
      readAt: at,
      tokens: new Uint8Array(32),
    },
  });
  await db.prisma.logoutToken.create({
    data: { organizationId, idHash: "0".repeat(64), expiresAt },
  });
}

/** Inserts a confirmed duty, and one that was confirmed and withdrawn. */
async function insertDutyConfirmation(
  { organizationId }: FileContext,
  { sellerId, campaignId }: { sellerId: string; campaignId: string },
) {
  const { prisma } = db;
  const at = new Date("2026-03-01T02:00:00Z");
  const actor = { type: "member", id: "ada" };
  const confirmed = {
    organizationId,
    sellerId,
    ruleVersion: "0".repeat(64),
    subject: "",
    reference: `${MARK} register`,
    note: `${MARK} duty`,
    at,
    actor,
  };
  await prisma.dutyConfirmation.create({ data: { ...confirmed, ruleId: "US-TX.registration" } });
  const { id: confirmationId } = await prisma.dutyConfirmation.create({
    data: { ...confirmed, campaignId, ruleId: "GB.cli" },
  });
  await prisma.dutyWithdrawal.create({
    data: { organizationId, confirmationId, reason: `${MARK} mistake`, at, actor },
  });
}

/** Inserts a registry with an edition that waits for review, a fetch, a request and an alert. */
async function insertRegistry({ organizationId }: FileContext, officerId: MemberId) {
  const { prisma } = db;
  const at = new Date("2026-03-01T02:00:00Z");
  const { id: registryId } = await prisma.registry.create({
    data: {
      organizationId,
      code: "QUARTZ-DNC",
      name: `${MARK} register`,
      format: { reader: "us-dnc" },
      source: { kind: "folder", path: "quartz" },
      maxAgeDays: 31,
    },
  });
  const of = { organizationId, registryId };
  const edition = { ...of, kind: "full", revision: 1, lines: 1, bytes: 12, listed: 1, added: 0 };
  await prisma.registryEdition.createMany({
    data: [
      { ...edition, status: "held", sha256: "a1".repeat(32), removed: 9, readAt: at },
      { ...edition, number: 1, status: "applied", sha256: "b2".repeat(32), removed: 0, readAt: at },
    ],
  });
  await prisma.registryFetch.create({
    data: { ...of, revision: 1, kind: "full", status: "open", startedAt: at },
  });
  const phone = await prisma.phone.findFirstOrThrow({ where: { organizationId } });
  await prisma.registryAsk.create({
    data: { ...of, phoneIds: [phone.id], status: "asked", askedAt: at },
  });
  await prisma.registryQuestion.create({
    data: {
      ...of,
      phoneIds: [phone.id],
      numbers: 1,
      sha256: "c3".repeat(32),
      status: "attested",
      askedBy: officerId,
      askedAt: at,
      day: at,
      operator: `${MARK} office`,
      listedPhoneIds: [phone.id],
      attestedBy: officerId,
      attestedAt: at,
    },
  });
  await prisma.registryAlert.create({
    data: { ...of, kind: "held", message: { key: "error.run-not-found", values: {} }, since: at },
  });
  await prisma.registryDisconnection.create({
    data: {
      ...of,
      status: "open",
      reason: `${MARK} left`,
      proposedBy: officerId,
      proposedAt: at,
    },
  });
  await prisma.unreadReason.create({
    data: {
      organizationId,
      code: "ES-ROBINSON",
      reason: `${MARK} asked`,
      memberId: officerId,
      from: at,
    },
  });
  await prisma.run.create({
    data: {
      organizationId,
      job: "registry.sync",
      subjectId: registryId,
      worker: "quartz-worker",
      attempt: 1,
      createdAt: at,
    },
  });
}

/** Inserts a burst of one opt-out, whose lifting an officer has proposed. */
async function insertBurst(
  { organizationId }: FileContext,
  { optOutId, officerId }: { optOutId: string; officerId: MemberId },
) {
  const { prisma } = db;
  const at = new Date("2026-03-01T02:00:00Z");
  const { id: burstId } = await prisma.refusalBurst.create({
    data: { organizationId, openedAt: at, lastAt: at },
  });
  const { id: refusalId } = await prisma.anonymousRefusal.create({
    data: {
      organizationId,
      optOutId,
      addressKey: new Uint8Array(32),
      isNew: true,
      hasProof: false,
      receivedAt: at,
    },
  });
  await prisma.burstRefusal.create({ data: { organizationId, burstId, refusalId } });
  await prisma.burstLifting.create({
    data: {
      organizationId,
      burstId,
      includesProof: false,
      proposedAt: at,
      actor: { type: "member", id: officerId },
      reasons: { create: { text: `${MARK} was flooded` } },
    },
  });
}
