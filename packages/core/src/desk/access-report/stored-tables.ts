import { z } from "zod";
import type { RetentionKind } from "../retention/index.ts";
import type { ReportSection } from "./sections.ts";

/*
 * Which tables hold personal data: whose, of which category, and where an access report tells it. A test compares this
 * with the schema. It fails for a new table until the table is here, and for a new column until the column is here: any
 * column of a table about people, and columns of text and JSON of the other tables.
 */

/** Categories of personal data, as the record of processing lists them. `staff` is that of members. */
export const DataCategory = z.enum([
  "identity",
  "consents",
  "opt-outs",
  "restrictions",
  "screenings",
  "calls",
  "activities",
  "audience",
  "messages",
  "complaints",
  "holds",
  "files",
  "registries",
  "trail",
  "staff",
]);
export type DataCategory = z.infer<typeof DataCategory>;

/** The kind of record whose retention period a category has; null if it is kept for good, or as long as the account. */
export const retentionOfCategory: Readonly<Record<DataCategory, RetentionKind | null>> = {
  identity: "contacts",
  consents: "evidence",
  "opt-outs": null,
  restrictions: null,
  screenings: "screenings",
  calls: "calls",
  activities: "activities",
  audience: "contacts",
  messages: "messages",
  complaints: "complaints",
  holds: null,
  files: "imports",
  registries: null,
  trail: "audit",
  staff: "sign-ins",
};

/** Why a table about people is not in an access report. */
export type WhyNotTold =
  /** Computed from rows that the report tells. */
  | "derived"
  /** A copy or a queue that is deleted soon. */
  | "working"
  /** It may be about somebody else, or does not say about whom it is. */
  | "others"
  /** A file or list of many people, whose rows the report tells where they were recorded. */
  | "list"
  /** What a lawyer or a court asked to keep. The report says at most that there is a hold. */
  | "privileged"
  /** What is left after an erasure, which names nobody. */
  | "erased"
  /** Data of members, which they see on their own page. */
  | "staff";

export type StoredTable =
  | {
      data: DataCategory;
      told: ReportSection | { not: WhyNotTold };
      /** Columns with personal data. Ids that link rows are not listed. */
      columns: readonly string[];
      /** Other columns of the table. */
      internal: readonly string[];
    }
  /** Nothing about called people. It may name the members and other staff who did something. */
  | {
      not: "settings" | "law" | "figures" | "security" | "installation";
      /** All columns of text and JSON. They hold a person's data only if a member wrote it there by mistake. */
      texts: readonly string[];
    };

const split = (names: string) => names.split(" ").filter((name) => name !== "");

const told = (data: DataCategory, section: ReportSection, columns: string, internal = "") =>
  ({ data, told: section, columns: split(columns), internal: split(internal) }) as const;

const notTold = (data: DataCategory, not: WhyNotTold, columns: string, internal = "") =>
  ({ data, told: { not }, columns: split(columns), internal: split(internal) }) as const;

const staff = (columns: string, internal = "") => notTold("staff", "staff", columns, internal);

const settings = (texts = "") => ({ not: "settings", texts: split(texts) }) as const;
const law = (texts = "") => ({ not: "law", texts: split(texts) }) as const;
const figures = (texts = "") => ({ not: "figures", texts: split(texts) }) as const;
const security = (texts = "") => ({ not: "security", texts: split(texts) }) as const;
const installation = (texts = "") => ({ not: "installation", texts: split(texts) }) as const;

/** All tables, by the name of the model. */
export const storedTables: Readonly<Record<string, StoredTable>> = {
  // Who the person is.
  Contact: told(
    "identity",
    "person",
    "externalId name email locale zone addressRegion calledParty attributes createdAt updatedAt",
    "erasedAt",
  ),
  ContactAttribute: notTold("identity", "derived", "field text number"),
  ContactPhone: told("identity", "phones", ""),
  Phone: told("identity", "phones", "e164 lineType lineTypeAt", "phoneKey"),
  LineLookup: told("identity", "lookups", "lineType lookedUpAt", "recordedAt actor"),
  PersonCode: told(
    "identity",
    "codes",
    "createdAt means sentAt openedAt",
    "locale attempts handedOutBy",
  ),
  PersonChange: notTold("identity", "working", "phones", "xact ordinals onlyDeeds at"),

  // What the person agreed to and refused.
  ConsentEvent: told(
    "consents",
    "consents",
    "type purposes channels elements isWritten isProven at validUntil source recordedAt actor",
    "disclosureVersion formVersion mac",
  ),
  Evidence: told("consents", "consents", "body"),
  EvidenceFile: told(
    "consents",
    "consents",
    "kind mediaType bytes sha256",
    "uploadedAt actor attachedAt",
  ),
  Confirmation: told(
    "consents",
    "confirmations",
    "means email isAsked createdAt sentAt confirmedAt disownedAt",
    "locale expiresAt attempts",
  ),
  OptOut: told("opt-outs", "optOuts", "scope purpose channel at recordedAt reference actor"),
  OptOutNote: told("opt-outs", "optOuts", "text recording"),
  OptOutCorrection: told("opt-outs", "optOuts", "", "proposedAt actor"),
  OptOutCorrectionReason: told("opt-outs", "optOuts", "text"),
  OptOutCorrectionAnswer: told("opt-outs", "optOuts", "answeredAt", "isAccepted actor mac"),
  OptOutQueue: notTold("opt-outs", "working", "change"),
  OptOutChange: notTold("opt-outs", "derived", "change", "position"),
  ReceiptMail: told("opt-outs", "optOuts", "email", "mailboxKey locale createdAt sentAt"),
  MisreadOptOut: notTold(
    "opt-outs",
    "others",
    "input channel recordedAt",
    "actor discardedAt discardReason discardedBy",
  ),
  AnonymousRefusal: notTold("opt-outs", "others", "addressKey receivedAt", "isNew hasProof"),
  RefusalBurst: notTold(
    "opt-outs",
    "others",
    "addressKey openedAt lastAt",
    "dismissedAt dismissedBy",
  ),
  BurstRefusal: notTold("opt-outs", "others", ""),
  BurstLifting: notTold("opt-outs", "others", "", "includesProof proposedAt actor"),
  BurstLiftingReason: notTold("opt-outs", "others", "text"),
  BurstLiftingAnswer: notTold("opt-outs", "others", "", "isAccepted answeredAt actor mac"),
  Suppression: told("restrictions", "suppressions", "reason at until recordedAt actor", "mac"),
  CallPreference: told(
    "opt-outs",
    "preferences",
    "at days opensAt closesAt refusedDialers actor",
    "mac",
  ),
  ContactRestriction: told("restrictions", "restrictions", "ground at actor"),
  ContactRestrictionEnd: told("restrictions", "restrictions", "reason at", "actor"),

  // Calls, and what was decided before them.
  Screening: told(
    "screenings",
    "screenings",
    "purpose dialer campaign at verdict refusals warnings checked permitUntil actor",
  ),
  VerifiedPermit: notTold("screenings", "working", "verifiedAt expiresAt isUsedUp callAt"),
  Call: told("calls", "calls", "externalId purpose at outcome seconds campaign dialer recordedAt"),
  CallQueue: notTold("calls", "working", "isFirst"),
  CallsAgain: notTold("calls", "working", "since"),
  Violation: told(
    "calls",
    "violations",
    "at causes foundAt closedAt",
    "campaign spanFrom codes rank dueAt",
  ),
  ViolationStep: told("calls", "violations", "", "kind details at actor"),
  ViolationNote: told("calls", "violations", "text"),
  LawPreviewRow: notTold("calls", "derived", "isRefused reasons", "number"),

  // What is known of the person's behavior, and the audiences they are in.
  Activity: told(
    "activities",
    "activities",
    "type at amount category properties recordedAt",
    "key",
  ),
  ActivityRollup: notTold("activities", "derived", "type count amount priced firstAt lastAt"),
  PreferenceRollup: told("activities", "topics", "topic value at", "key"),
  SegmentBlock: told("audience", "segments", "bits", "block"),
  SegmentPlace: notTold("audience", "derived", "place bits", "purpose block"),
  SegmentTouch: notTold("audience", "working", "ordinals"),
  CampaignPerson: told("audience", "campaigns", "isBelow at", "offerVersion"),
  HandedPhone: notTold("audience", "working", "at until"),
  OverviewBlock: notTold("audience", "derived", "bits", "step block"),

  // What the person wrote, and what was written about it.
  RefusalQuestion: told(
    "messages",
    "messages",
    "channel mailbox text receivedAt",
    "isAutomatic pattern actor",
  ),
  InboundMessage: notTold("messages", "working", "externalId receivedAt", "provider"),
  Complaint: told(
    "complaints",
    "complaints",
    "text source regulator regulatorReference externalId receivedAt saidAt saidOn dueAt decision decidedAt appealedAt",
    "searchFrom searchUntil dueRule recordedBy decidedBy",
  ),
  ComplaintCall: notTold("complaints", "derived", "", "foundBy linkedAt unlinkedAt"),
  ComplaintEvent: told("complaints", "complaints", "kind at", "details actor"),
  ComplaintNote: told("complaints", "complaints", "text"),
  ComplaintTask: told("complaints", "complaints", "title", "addedAt doneAt doneBy"),
  EvidencePack: told("complaints", "recipients", "regulator at", "sha256 actor"),
  EvidencePackReason: notTold("complaints", "privileged", "text"),

  // Legal holds, files, registries, and who saw what.
  LegalHold: told("holds", "holds", "scope placedAt", "campaign placedBy"),
  LegalHoldLift: told("holds", "holds", "", "proposedBy proposedAt"),
  LegalHoldLiftAnswer: told("holds", "holds", "answeredAt", "isAccepted answeredBy"),
  LegalHoldReason: notTold("holds", "privileged", "text"),
  Import: told(
    "files",
    "imports",
    "kind fileName createdAt",
    "bytes digest mapping isDryRun actor filesRemovedAt",
  ),
  Scrub: notTold("files", "list", "fileName", "bytes settings createdAt actor filesRemovedAt"),
  SegmentExport: notTold("files", "list", "", "reason people at actor"),
  ListExport: notTold("files", "list", "", "list reason at actor"),
  FileErasure: notTold("files", "erased", "", "keyGeneration createdAt endedAt"),
  FileErasureMark: notTold("files", "erased", "key", "kind"),
  ErasedFileRows: notTold("files", "erased", "", "file attempt beforeSha256 afterSha256 rows at"),
  RetentionBatch: notTold("files", "erased", "ids", "kind rows oldest newest sha256 at"),
  RegistryAsk: told("registries", "recipients", "askedAt", "status"),
  RegistryAnswer: told("registries", "lookups", "said answeredAt", "firstAt"),
  RegistryQuestion: told(
    "registries",
    "recipients",
    "askedAt",
    "numbers sha256 status askedBy day operator attestedBy attestedAt settledBy settledAt settledWhy",
  ),
  RegistryBlock: notTold("registries", "list", "bits", "block"),
  RegistryChange: notTold("registries", "list", "lines", "edition block"),
  ReassignedQuestion: told("registries", "recipients", "consentDate"),
  ReassignedAnswer: told("registries", "lookups", "answer consentDate askedAt", "recordedAt"),
  Delivery: told(
    "trail",
    "recipients",
    "event heardAt",
    "status attempts dueAt claimedUntil createdAt attemptedAt outcome",
  ),
  CampaignHandOver: told("trail", "recipients", "at actor", "people calls reason"),
  AuditEntry: told("trail", "accesses", "action at actor details"),
  AuditDigest: security(),
  RemovedAuditEntry: security(),
  SyslogCollector: installation(),
  SyslogQueue: security(),
  IdempotentAnswer: notTold("trail", "working", "body", "route key requestHash status createdAt"),

  // Members.
  Member: staff(
    "email name role locale zone theme signedInAt removedAt accessEndedAt",
    "passwordHash hasFirstPassword hasFirstSteps hasSingleKeys hasWeeklyReport lastReportWeek",
  ),
  SavedView: staff("name", "list filters createdAt isShared"),
  MemberEvent: staff("kind at actor", "isShown"),
  MemberLink: staff("", "isMailed createdAt expiresAt usedAt"),
  Session: staff(
    "network device places createdAt provedAt",
    "expiresAt method awaitsFactor freshUntil",
  ),
  SignIn: staff("at method factor network device isNewNetwork"),
  SignInPlace: staff("place usedAt"),
  Authenticator: staff("secret", "createdAt confirmedAt lastStep"),
  Passkey: staff("name credentialId publicKey", "counter createdAt usedAt"),
  RecoveryCode: staff("mac", "createdAt usedAt"),
  ProviderAccount: staff("issuer subject linkedAt"),
  ProviderSession: staff("subject sid tokens", "issuer readAt readingUntil"),
  LawNoticeDismissal: staff("change stage at"),

  // Nothing about called people: settings, law, figures, security and the installation.
  ActivityType: settings("key properties"),
  ApiKey: settings("name scopes reason allowedAddresses"),
  ApiKeyNetwork: settings("network"),
  ApiKeyPublicKey: settings("x thumbprint"),
  BlockedList: settings("schedule reason seen"),
  Campaign: settings(
    "key name state ruleVersions dialer callerNumber hours label labelContract archivedBy",
  ),
  CampaignNote: settings("text"),
  CampaignOffer: settings(),
  CampaignStep: settings("act state details actor"),
  CaptureForm: settings("name kind draft checks answers"),
  CaptureFormVersion: settings("name kind settings checks answers actor"),
  Disclosure: settings("language text terms actor"),
  DisclosureArchive: settings("archivedBy"),
  DisclosureDraft: settings("language text terms actor"),
  Disposition: settings("system code reading"),
  DutyConfirmation: settings("ruleVersion subject reference note actor"),
  DutyWithdrawal: settings("reason actor"),
  Endpoint: settings("kind name url reason events"),
  IdentityProvider: settings("name issuer clientId scopes groupsClaim groups"),
  InboundSource: settings("provider account origin"),
  LawPreview: settings("draft result"),
  Offer: settings("name archivedBy"),
  OfferVersion: settings("name purpose scripts actor"),
  Organization: settings("name homeRegion zone readings locale dialer hours"),
  ProcessingDetails: settings(
    "controller contact representative protectionOfficer grounds recipients transfers measures changedBy",
  ),
  Purpose: settings("key name kind"),
  ReassignedQuery: settings("actor"),
  Registry: settings("code name format source areas validators schedule balance"),
  RegistryAlert: settings("kind message"),
  RegistryDisconnection: settings("status reason settledWhy"),
  RegistryEdition: settings("status kind sha256 areas fault settledBy settledWhy"),
  RegistryFetch: settings("kind status request files"),
  RegistryVerification: settings(),
  RelevanceThreshold: settings("actor"),
  RetentionAnswer: settings("reason"),
  RetentionPolicy: settings("reason"),
  RetentionSweep: settings(),
  RetentionTerm: settings("kind place prefix rule"),
  Run: settings("job worker progress outcome error"),
  Segment: settings("name refreshedWith archivedBy"),
  SegmentVersion: settings("rule actor"),
  Seller: settings("key name sector consentPolicy"),
  UnreadReason: settings("code reason"),
  ClosedDay: law("jurisdiction region reason"),
  Emergency: law("jurisdiction reason"),
  InstalledLaw: law("ruleSet previous source fileSha256 summary"),
  LawAcceptance: law("parts changes reason"),
  LawAcceptanceAnswer: law("reason"),
  OrganizationLaw: law("ruleSet"),
  PastRuleOverride: law("reason"),
  Policy: law("document hash reason"),
  PolicyDraft: law("document hash"),
  RuleOverride: law("reason"),
  RuleSet: law("hash document"),
  BlockedEdition: figures("sha256"),
  CallDay: figures(),
  CampaignDay: figures("campaign"),
  ContactCount: figures("counts"),
  OverviewCount: figures("figures"),
  RelevanceModel: figures("standing model evaluation tradeOffs"),
  ScrubRecord: figures("counts checked"),
  SegmentJurisdictions: figures("jurisdictions rules"),
  SegmentSize: figures(),
  SegmentWaterfall: figures("purpose counts"),
  LogoutToken: security("idHash"),
  PasskeyChallenge: security("challenge"),
  SignatureNonce: security(),
  SignInAttempt: security("subject"),
  SpentToken: security(),
  UsedChallenge: security("challenge"),
  InstallationKey: installation("name checkValue"),
};
