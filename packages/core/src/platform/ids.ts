import { z } from "zod";

// Branded, so that one kind of ID cannot be used in place of another.

export const OrganizationId = z.uuid().brand<"OrganizationId">();
export type OrganizationId = z.infer<typeof OrganizationId>;

export const MemberLinkId = z.uuid().brand<"MemberLinkId">();
export type MemberLinkId = z.infer<typeof MemberLinkId>;

export const MemberId = z.uuid().brand<"MemberId">();
export type MemberId = z.infer<typeof MemberId>;

export const PasskeyId = z.uuid().brand<"PasskeyId">();
export type PasskeyId = z.infer<typeof PasskeyId>;

export const SessionId = z.uuid().brand<"SessionId">();
export type SessionId = z.infer<typeof SessionId>;

export const SellerId = z.uuid().brand<"SellerId">();
export type SellerId = z.infer<typeof SellerId>;

export const ContactId = z.uuid().brand<"ContactId">();
export type ContactId = z.infer<typeof ContactId>;

export const PhoneId = z.uuid().brand<"PhoneId">();
export type PhoneId = z.infer<typeof PhoneId>;

export const ConsentId = z.uuid().brand<"ConsentId">();
export type ConsentId = z.infer<typeof ConsentId>;

export const EvidenceFileId = z.uuid().brand<"EvidenceFileId">();
export type EvidenceFileId = z.infer<typeof EvidenceFileId>;

export const ReassignedQueryId = z.uuid().brand<"ReassignedQueryId">();
export type ReassignedQueryId = z.infer<typeof ReassignedQueryId>;

export const ApiKeyId = z.uuid().brand<"ApiKeyId">();
export type ApiKeyId = z.infer<typeof ApiKeyId>;

export const OptOutId = z.uuid().brand<"OptOutId">();
export type OptOutId = z.infer<typeof OptOutId>;

export const UnreadableOptOutId = z.uuid().brand<"UnreadableOptOutId">();
export type UnreadableOptOutId = z.infer<typeof UnreadableOptOutId>;

export const RefusalBurstId = z.uuid().brand<"RefusalBurstId">();
export type RefusalBurstId = z.infer<typeof RefusalBurstId>;

export const BurstLiftingId = z.uuid().brand<"BurstLiftingId">();
export type BurstLiftingId = z.infer<typeof BurstLiftingId>;

export const OptOutCorrectionId = z.uuid().brand<"OptOutCorrectionId">();
export type OptOutCorrectionId = z.infer<typeof OptOutCorrectionId>;

export const ReceiptMailId = z.uuid().brand<"ReceiptMailId">();
export type ReceiptMailId = z.infer<typeof ReceiptMailId>;

export const CallPreferenceId = z.uuid().brand<"CallPreferenceId">();
export type CallPreferenceId = z.infer<typeof CallPreferenceId>;
export const SuppressionId = z.uuid().brand<"SuppressionId">();
export type SuppressionId = z.infer<typeof SuppressionId>;

export const ScreeningId = z.uuid().brand<"ScreeningId">();
export type ScreeningId = z.infer<typeof ScreeningId>;

export const RegistryId = z.uuid().brand<"RegistryId">();
export type RegistryId = z.infer<typeof RegistryId>;

export const RunId = z.uuid().brand<"RunId">();
export type RunId = z.infer<typeof RunId>;

export const ScrubId = z.uuid().brand<"ScrubId">();
export type ScrubId = z.infer<typeof ScrubId>;

export const ImportId = z.uuid().brand<"ImportId">();
export type ImportId = z.infer<typeof ImportId>;

/** A registry file that we keep: uploaded, or from a publisher that releases one file a day. */
export const UploadId = z.uuid().brand<"UploadId">();
export type UploadId = z.infer<typeof UploadId>;

/** A batch of numbers that a registry was queried for; the registry knows it by this reference. */
export const RegistryQuestionId = z.uuid().brand<"RegistryQuestionId">();
export type RegistryQuestionId = z.infer<typeof RegistryQuestionId>;

export const RegistryAskId = z.uuid().brand<"RegistryAskId">();
export type RegistryAskId = z.infer<typeof RegistryAskId>;

/** A download from a publisher that releases one file a day. */
export const RegistryFetchId = z.uuid().brand<"RegistryFetchId">();
export type RegistryFetchId = z.infer<typeof RegistryFetchId>;

export const SegmentId = z.uuid().brand<"SegmentId">();
export type SegmentId = z.infer<typeof SegmentId>;

export const RegistryAlertId = z.uuid().brand<"RegistryAlertId">();
export type RegistryAlertId = z.infer<typeof RegistryAlertId>;

export const RegistryEditionId = z.uuid().brand<"RegistryEditionId">();
export type RegistryEditionId = z.infer<typeof RegistryEditionId>;

export const BlockedEditionId = z.uuid().brand<"BlockedEditionId">();
export type BlockedEditionId = z.infer<typeof BlockedEditionId>;

export const EndpointId = z.uuid().brand<"EndpointId">();
export type EndpointId = z.infer<typeof EndpointId>;

export const DeliveryId = z.uuid().brand<"DeliveryId">();
export type DeliveryId = z.infer<typeof DeliveryId>;

export const ComplaintId = z.uuid().brand<"ComplaintId">();
export type ComplaintId = z.infer<typeof ComplaintId>;

export const ComplaintTaskId = z.uuid().brand<"ComplaintTaskId">();
export type ComplaintTaskId = z.infer<typeof ComplaintTaskId>;

export const ComplaintEventId = z.uuid().brand<"ComplaintEventId">();
export type ComplaintEventId = z.infer<typeof ComplaintEventId>;

export const PersonCodeId = z.uuid().brand<"PersonCodeId">();
export type PersonCodeId = z.infer<typeof PersonCodeId>;

export const CallId = z.uuid().brand<"CallId">();
export type CallId = z.infer<typeof CallId>;

export const ViolationId = z.uuid().brand<"ViolationId">();
export type ViolationId = z.infer<typeof ViolationId>;

/** An account at a provider through which people reply. */
export const SourceId = z.uuid().brand<"SourceId">();
export type SourceId = z.infer<typeof SourceId>;

/** A message that may be an opt-out, until a member has decided. */
export const QuestionId = z.uuid().brand<"QuestionId">();
export type QuestionId = z.infer<typeof QuestionId>;

export const DisclosureId = z.uuid().brand<"DisclosureId">();
export type DisclosureId = z.infer<typeof DisclosureId>;

export const CaptureFormId = z.uuid().brand<"CaptureFormId">();
export type CaptureFormId = z.infer<typeof CaptureFormId>;

export const ConfirmationId = z.uuid().brand<"ConfirmationId">();
export type ConfirmationId = z.infer<typeof ConfirmationId>;

export const OfferId = z.uuid().brand<"OfferId">();
export type OfferId = z.infer<typeof OfferId>;

export const CampaignId = z.uuid().brand<"CampaignId">();
export type CampaignId = z.infer<typeof CampaignId>;
export const DutyConfirmationId = z.uuid().brand<"DutyConfirmationId">();
export type DutyConfirmationId = z.infer<typeof DutyConfirmationId>;

export const AuditEntryId = z.uuid().brand<"AuditEntryId">();
export type AuditEntryId = z.infer<typeof AuditEntryId>;

export const RetentionPolicyId = z.uuid().brand<"RetentionPolicyId">();
export type RetentionPolicyId = z.infer<typeof RetentionPolicyId>;

export const RetentionSweepId = z.uuid().brand<"RetentionSweepId">();
export type RetentionSweepId = z.infer<typeof RetentionSweepId>;

export const LegalHoldId = z.uuid().brand<"LegalHoldId">();
export type LegalHoldId = z.infer<typeof LegalHoldId>;

/** A proposal to lift a legal hold. */
export const LegalHoldLiftId = z.uuid().brand<"LegalHoldLiftId">();
export type LegalHoldLiftId = z.infer<typeof LegalHoldLiftId>;

export const SavedViewId = z.uuid().brand<"SavedViewId">();
export type SavedViewId = z.infer<typeof SavedViewId>;
