import type { Rows } from "./seller-inputs";

const zone = "Europe/London";
const date = { first: "2026-12-01", last: "2026-12-02" };
const noOffer = { offerId: "0195a000-0000-7000-8000-000000000001" };

/**
 * Procedures for data of no seller, such as contacts and offers, or of the member alone, with their
 * input.
 */
export const shared: Readonly<Record<string, (of: Rows) => unknown>> = {
  "archive.list": () => ({ kind: "segment" }),
  "archive.restore": ({ segmentId }) => ({ kind: "segment", id: segmentId }),
  "activity.read": () => undefined,
  "activity.define": () => ({ key: "fitting", properties: {} }),
  "complaint.file": ({ phones }) => ({ phone: phones.consent, text: "They called at night." }),
  "consent.recordOffline": ({ phones, seller, campaignId }) => ({
    phone: phones.consent,
    means: "paper",
    asked: {
      text: "They may call me.",
      language: "en",
      seller,
      purposes: ["marketing"],
      channels: ["voice_live"],
    },
    file: campaignId,
  }),
  "consent.recordLetter": ({ phoneIds, consent, campaignId }) => ({
    phoneId: phoneIds.consent,
    consents: [consent.id],
    receivedAt: "2026-01-06T10:00:00Z",
    file: campaignId,
  }),
  "consent.sources": () => undefined,
  "contact.list": () => ({}),
  "contact.read": ({ contactId }) => ({ contactId }),
  "identityProvider.signOutPage": () => undefined,
  "import.list": () => ({}),
  "import.read": ({ campaignId }) => ({ importId: campaignId }),
  "import.preview": ({ campaignId }) => ({ id: campaignId }),
  "import.start": ({ campaignId }) => ({
    id: campaignId,
    isDryRun: true,
    mapping: {
      encoding: "utf-8",
      delimiter: ",",
      hasHeader: true,
      columns: [],
      defaults: {},
      region: "US",
      dateOrder: "day-first",
      zone,
    },
  }),
  "jurisdiction.law": () => undefined,
  "jurisdiction.upcomingChanges": () => undefined,
  "jurisdiction.updates": () => undefined,
  "jurisdiction.rules": () => ({ jurisdiction: "US" }),
  "jurisdiction.place": () => ({ jurisdiction: "US" }),
  "jurisdiction.decisions": () => undefined,
  "jurisdiction.ruleSets": () => undefined,
  "jurisdiction.emergencies": () => undefined,
  "jurisdiction.closedDays": () => undefined,
  "member.changeOwnSettings": () => ({ theme: "dark" }),
  "member.changeOwnPassword": () => ({
    password: "a field of thistles",
    newPassword: "a row of thistles",
  }),
  "member.choosePassword": () => ({ link: "none", newPassword: "a row of thistles" }),
  "member.sessions": () => undefined,
  "member.endSession": ({ campaignId }) => ({ sessionId: campaignId }),
  "offer.list": () => undefined,
  "offer.save": () => ({
    name: "Summer",
    purpose: "marketing",
    scripts: { en: "Hello! You may refuse our calls." },
  }),
  "offer.read": ({ offerId }) => ({ offerId }),
  "optOut.record": ({ phones }) => ({ phone: phones.optOut, channel: "agent" }),
  "organization.read": () => undefined,
  "purpose.list": () => undefined,
  "relevance.read": () => undefined,
  "relevance.threshold": () => noOffer,
  "run.read": ({ campaignId }) => ({ runId: campaignId }),
  "secondFactor.readOwn": () => undefined,
  "secondFactor.startAuthenticator": () => undefined,
  "secondFactor.confirmAuthenticator": () => ({ code: "123456" }),
  "secondFactor.removeAuthenticator": () => undefined,
  "secondFactor.replaceRecoveryCodes": () => undefined,
  "secondFactor.prove": () => ({ code: "123456" }),
  "secondFactor.requireProof": () => undefined,
  "secondFactor.signIn": () => ({ code: "123456" }),
  "seller.list": () => undefined,
  "today.read": () => undefined,
  "today.needs": () => undefined,
};

/**
 * Input for procedures that are closed to agents and marketers, where the schema alone does not tell the
 * smallest valid input.
 */
export const closed: Readonly<Record<string, unknown>> = {
  "campaign.confirmDuty": {
    campaignId: noOffer.offerId,
    ruleId: "US-TX.registration",
    version: "0".repeat(64),
  },
  "campaign.withdrawDuty": {
    campaignId: noOffer.offerId,
    confirmationId: noOffer.offerId,
    reason: "It was refused.",
  },
  "disclosure.draft": {
    language: "en",
    text: "They may call me.",
    terms: {
      title: "Calls",
      asks: "advertising",
      seller: "shop",
      purposes: ["marketing"],
      channels: ["voice_live"],
      states: [],
      retention: "A year",
      withdrawal: "On any call",
    },
  },
  "endpoint.connect": {
    dialer: {
      kind: "vicidial",
      name: "Dialer",
      settings: { url: "https://dialer.example/", user: "us", pass: "secret", phoneCode: "1" },
    },
    reason: "It calls for us.",
  },
  "endpoint.changeDialer": {
    kind: "vicidial",
    endpointId: noOffer.offerId,
    name: "Dialer",
    settings: { url: "https://dialer.example/", user: "us", phoneCode: "1" },
  },
  "jurisdiction.proposeAcceptance": {
    changes: ["0".repeat(64)],
    reason: "Counsel has read it.",
  },
  "jurisdiction.answerAcceptance": {
    id: "018f0000-0000-7000-8000-000000000001",
    isAccepted: true,
    reason: "Counsel has read it.",
  },
  "today.dismissLawNotice": { change: "begins US.none 2027-01-01", stage: 30 },
  "lawPreview.list": { day: "2030-02-07" },
  "lawPreview.request": { day: "2030-02-07", span: 7 },
  "jurisdiction.easeRule": { ruleId: "BE.auto", reason: "We looked it up." },
  "jurisdiction.declareEmergency": { jurisdiction: "US-NY", reason: "A flood in the state." },
  "jurisdiction.addClosedDay": {
    jurisdiction: "US-NY",
    region: null,
    reason: "It was proclaimed.",
    ...date,
  },
  "inbound.connectTwilio": {
    account: `AC${"0".repeat(32)}`,
    token: "0".repeat(32),
    origin: "https://api.example.com",
  },
  "inbound.connectMailgun": { domain: "example.com", signingKey: "0".repeat(32) },
  "member.add": { role: "agent", sellerIds: [], name: "Bo", email: "bo@example.com" },
  "identityProvider.check": { issuer: "https://id.example.com" },
  "identityProvider.save": {
    name: "Example ID",
    issuer: "https://id.example.com",
    clientId: "ringfence",
    clientSecret: "a field of rye",
    scopes: "openid",
    groupsClaim: "groups",
    groups: [],
    isRequired: false,
    emergencyOwnerId: null,
  },
  "organization.change": {
    name: "Acme",
    homeRegion: "US",
    zone,
    locale: "en",
    dialer: "live_agent",
    hours: null,
    complaintDays: 30,
  },
  "complaint.answer": {
    complaintId: noOffer.offerId,
    text: "We are sorry.",
    channel: "mail",
    locale: "en",
  },
  "complaint.decide": { complaintId: noOffer.offerId, decision: "upheld", text: "They are right." },
  "complaint.moveDeadline": { complaintId: noOffer.offerId, dueOn: "2030-01-01" },
  "registry.attest": {
    registryId: noOffer.offerId,
    questionId: noOffer.offerId,
    day: "2026-03-02",
    numbers: 1,
    sha256: "0".repeat(64),
    listed: 0,
    listedNumbers: "",
    operator: "The registry's office",
  },
  "registry.silenceUnread": { code: "ES-ROBINSON", reason: "We looked it up." },
  "registry.setReadings": {
    zone,
    readings: { fromMinute: 0, withinMinutes: 0, weekdays: [0] },
  },
};
