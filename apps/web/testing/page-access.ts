import type { Action } from "@ringfence/core/platform/access";
import type { Everything } from "@ringfence/services/testing/organization-with-everything";
import type { Rows } from "./seller-inputs";

type Params = Readonly<Record<string, string>>;
export type PageAccess<Records> = {
  /** The action that a member must be allowed to do. */
  action: Action;
  /** Names a record in the `[…]` parts of the page's address. */
  params?: (of: Records) => Params;
  /** Names a record in its query. */
  search?: (of: Records) => Params;
  /** True if the page redirects roles that may open it to the page where they start. */
  sendsOn?: true;
};

/** Pages of the workspace that show an organization with everything and a dialer. */
export const everythingPages: Readonly<
  Record<string, PageAccess<Everything & { dialerId: string }>>
> = {
  "": { action: "organization.read", sendsOn: true },
  activities: { action: "activity.read" },
  audit: { action: "audit.read" },
  "audit/reads": { action: "audit.read" },
  call: { action: "opt-out.record" },
  "call/[phoneId]": {
    action: "opt-out.record",
    params: ({ calledPhoneId: phoneId }) => ({ phoneId }),
  },
  campaigns: { action: "campaign.read" },
  "campaigns/[campaignId]": {
    action: "campaign.read",
    params: ({ campaignId }) => ({ campaignId }),
  },
  "campaigns/new": { action: "campaign.change" },
  complaints: { action: "complaint.read" },
  "complaints/[complaintId]": {
    action: "complaint.read",
    params: ({ complaintId }) => ({ complaintId }),
  },
  "complaints/new": { action: "complaint.file" },
  consents: { action: "consent.read" },
  "consents/[consentId]": { action: "consent.read", params: ({ consentId }) => ({ consentId }) },
  "consents/record": { action: "consent.record" },
  "consents/withdraw": {
    action: "consent.record",
    search: ({ calledPhoneId: phone }) => ({ phone }),
  },
  contacts: { action: "contact.read" },
  "contacts/[contactId]": { action: "contact.read", params: ({ contactId }) => ({ contactId }) },
  disclosures: { action: "disclosure.read" },
  "disclosures/[disclosureId]": {
    action: "disclosure.read",
    params: ({ disclosureId }) => ({ disclosureId }),
  },
  "disclosures/new": { action: "disclosure.change" },
  endpoints: { action: "endpoint.read" },
  "endpoints/[endpointId]": {
    action: "endpoint.read",
    params: ({ endpointId }) => ({ endpointId }),
  },
  "endpoints/[endpointId]/change": {
    action: "endpoint.change",
    params: ({ dialerId: endpointId }) => ({ endpointId }),
  },
  "endpoints/blocked-list": { action: "endpoint.read" },
  "endpoints/new": { action: "endpoint.change" },
  forms: { action: "capture-form.read" },
  "forms/[formId]": { action: "capture-form.read", params: ({ formId }) => ({ formId }) },
  "forms/[formId]/paper": { action: "capture-form.read", params: ({ formId }) => ({ formId }) },
  "forms/[formId]/script": { action: "capture-form.read", params: ({ formId }) => ({ formId }) },
  "forms/new": { action: "capture-form.change" },
  imports: { action: "import.read" },
  "imports/[importId]": { action: "import.read", params: ({ importId }) => ({ importId }) },
  "imports/new": { action: "import.run" },
  inbound: { action: "inbound.read" },
  keys: { action: "api-key.read" },
  "keys/new": { action: "api-key.change" },
  ledger: { action: "proof.read" },
  members: { action: "member.read" },
  "members/[memberId]": {
    action: "member.read",
    params: ({ otherMemberId: memberId }) => ({ memberId }),
  },
  "members/new": { action: "member.change" },
  numbers: { action: "phone.read" },
  "numbers/[phoneId]": {
    action: "phone.read",
    params: ({ calledPhoneId: phoneId }) => ({ phoneId }),
  },
  offers: { action: "offer.read" },
  "offers/[offerId]": { action: "offer.read", params: ({ offerId }) => ({ offerId }) },
  "offers/new": { action: "offer.change" },
  "opt-outs": { action: "opt-out.read" },
  "opt-outs/[optOutId]": {
    action: "opt-out.read",
    params: ({ optOut: { id: optOutId } }) => ({ optOutId }),
  },
  "opt-outs/bursts": { action: "opt-out.read" },
  "opt-outs/bursts/[burstId]": { action: "opt-out.read", params: ({ burstId }) => ({ burstId }) },
  "opt-outs/new": { action: "opt-out.record" },
  organization: { action: "organization.read" },
  "organization/sign-in": { action: "identity-provider.read" },
  usage: { action: "usage.read" },
  registries: { action: "registry.read" },
  "registries/[registryId]": {
    action: "registry.read",
    params: ({ registryId }) => ({ registryId }),
  },
  "registries/[registryId]/change": {
    action: "registry.change",
    params: ({ registryId }) => ({ registryId }),
  },
  "registries/[registryId]/editions/[number]": {
    action: "registry.read",
    params: ({ registryId }) => ({ registryId, number: "1" }),
  },
  "registries/connect": { action: "registry.change" },
  "registries/readings": { action: "registry.change" },
  "registries/reassigned": { action: "reassigned.read" },
  relevance: { action: "relevance.read" },
  processing: { action: "processing-record.read" },
  "processing/change": { action: "processing-record.change" },
  retention: { action: "retention.read" },
  "retention/new": { action: "retention.change" },
  rules: { action: "rule.read" },
  policy: { action: "policy.read" },
  "policy/[draftId]": {
    action: "policy.read",
    params: ({ policyDraftId: draftId }) => ({ draftId }),
  },
  "rules/coming": { action: "rule.read" },
  "rules/compare": { action: "rule.read" },
  "rules/history": { action: "rule.read" },
  "rules/places": { action: "rule.read" },
  "rules/updates": { action: "rule.read" },
  calls: { action: "call.read" },
  sample: { action: "sample.draw" },
  screenings: { action: "screening.list" },
  "screenings/[id]": { action: "screening.read", params: ({ screeningId: id }) => ({ id }) },
  scrubs: { action: "scrub.read" },
  "scrubs/[scrubId]": { action: "scrub.read", params: ({ scrubId }) => ({ scrubId }) },
  "scrubs/new": { action: "scrub.run" },
  segments: { action: "segment.read" },
  "segments/[segmentId]": { action: "segment.read", params: ({ segmentId }) => ({ segmentId }) },
  "segments/[segmentId]/[contactId]": {
    action: "segment.read",
    params: ({ segmentId, contactId }) => ({ segmentId, contactId }),
  },
  "segments/new": { action: "segment.change" },
  settings: { action: "member.change-own-settings" },
  sources: { action: "consent.read" },
  suppressions: { action: "suppression.read" },
  "suppressions/new": { action: "suppression.record" },
  violations: { action: "violation.read" },
  "violations/[violationId]": {
    action: "violation.read",
    params: ({ violationId }) => ({ violationId }),
  },
};

/** Pages that need records in a signed log. */
export const publishedPages: Readonly<Record<string, PageAccess<Rows>>> = {
  "certificates/[id]": { action: "proof.read", params: ({ consent: { id } }) => ({ id }) },
};

/** Pages of the workspace about the law, which is the same for all organizations. */
export const lawPages: Readonly<Record<string, PageAccess<unknown>>> = {
  "rules/[place]": { action: "rule.read", params: () => ({ place: "US-FL" }) },
  "rules/coming/[day]": { action: "law-preview.read", params: () => ({ day: "2030-02-07" }) },
};
