import type { Action } from "@ringfence/core/platform/access";
import type messages from "../../../../messages/en.json";

export type WorkspacePage = {
  key: keyof typeof messages.places;
  href:
    | "/"
    | "/activities"
    | "/audit"
    | "/call"
    | "/campaigns"
    | "/complaints"
    | "/consents"
    | "/contacts"
    | "/disclosures"
    | "/endpoints"
    | "/forms"
    | "/imports"
    | "/ledger"
    | "/members"
    | "/inbound"
    | "/keys"
    | "/numbers"
    | "/offers"
    | "/opt-outs"
    | "/organization"
    | "/registries"
    | "/rules"
    | "/relevance"
    | "/scrubs"
    | "/segments"
    | "/settings"
    | "/sources"
    | "/suppressions"
    | "/violations";
  /** Action that a member must be allowed to open it. */
  action: Action;
};

/** The navigation, in groups. A page of the workspace is one line here. */
export const workspacePages: readonly (readonly WorkspacePage[])[] = [
  [
    { key: "today", href: "/", action: "organization.read" },
    { key: "call", href: "/call", action: "opt-out.record" },
    { key: "numbers", href: "/numbers", action: "phone.read" },
  ],
  [
    { key: "optOuts", href: "/opt-outs", action: "opt-out.read" },
    { key: "suppressions", href: "/suppressions", action: "suppression.read" },
    { key: "complaints", href: "/complaints", action: "complaint.read" },
    { key: "contacts", href: "/contacts", action: "contact.read" },
    { key: "activities", href: "/activities", action: "activity.read" },
    { key: "imports", href: "/imports", action: "import.read" },
    { key: "segments", href: "/segments", action: "segment.read" },
    { key: "offers", href: "/offers", action: "offer.read" },
    { key: "campaigns", href: "/campaigns", action: "campaign.read" },
    { key: "relevance", href: "/relevance", action: "relevance.read" },
  ],
  [
    { key: "consents", href: "/consents", action: "consent.read" },
    { key: "captureForms", href: "/forms", action: "capture-form.read" },
    { key: "disclosures", href: "/disclosures", action: "disclosure.read" },
    { key: "sources", href: "/sources", action: "consent.read" },
    { key: "ledger", href: "/ledger", action: "proof.read" },
  ],
  [
    { key: "registries", href: "/registries", action: "registry.read" },
    { key: "rules", href: "/rules", action: "rule.read" },
  ],
  [
    { key: "scrubs", href: "/scrubs", action: "scrub.read" },
    { key: "violations", href: "/violations", action: "violation.read" },
  ],
  [
    { key: "inbound", href: "/inbound", action: "inbound.read" },
    { key: "endpoints", href: "/endpoints", action: "endpoint.read" },
    { key: "audit", href: "/audit", action: "audit.read" },
    { key: "apiKeys", href: "/keys", action: "api-key.read" },
    { key: "organization", href: "/organization", action: "organization.read" },
    { key: "members", href: "/members", action: "member.read" },
    { key: "settings", href: "/settings", action: "member.change-own-settings" },
  ],
];

/** The place that a path is in; undefined for what is no page of the workspace. */
export const findPage = (path: string): WorkspacePage | undefined =>
  workspacePages
    .flat()
    .find(({ href }) => path === href || (href !== "/" && path.startsWith(`${href}/`)));

/** Pages that are in no navigation, or that fewer people may open than the place that they are in. */
const otherPages: readonly (Omit<WorkspacePage, "href"> & { path: RegExp })[] = [
  { key: "newOptOuts", path: /^\/opt-outs\/new$/, action: "opt-out.record" },
  { key: "newConsents", path: /^\/consents\/(record|withdraw)$/, action: "consent.record" },
  { key: "newSuppressions", path: /^\/suppressions\/new$/, action: "suppression.record" },
  { key: "newScrubs", path: /^\/scrubs\/new$/, action: "scrub.run" },
  {
    key: "changedRegistries",
    path: /^\/registries\/(connect|readings|[^/]+\/change)$/,
    action: "registry.change",
  },
  { key: "certificates", path: /^\/certificates\//, action: "proof.read" },
  { key: "screenings", path: /^\/screenings\//, action: "screening.read" },
  { key: "changedForms", path: /^\/forms\/new$/, action: "capture-form.change" },
  { key: "changedDisclosures", path: /^\/disclosures\/new$/, action: "disclosure.change" },
  { key: "newEndpoints", path: /^\/endpoints\/new$/, action: "endpoint.change" },
  { key: "newApiKeys", path: /^\/keys\/new$/, action: "api-key.change" },
  { key: "newMembers", path: /^\/members\/new$/, action: "member.change" },
  { key: "newSegments", path: /^\/segments\/new$/, action: "segment.change" },
  { key: "changedOffers", path: /^\/offers\/new$/, action: "offer.change" },
  { key: "newCampaigns", path: /^\/campaigns\/new$/, action: "campaign.change" },
  { key: "newImports", path: /^\/imports\/new$/, action: "import.run" },
];

/** Finds the action that a path requires, and the name of the page. */
export const findRequirement = (at: string): Pick<WorkspacePage, "key" | "action"> | undefined =>
  otherPages.find(({ path }) => path.test(at)) ?? findPage(at);
