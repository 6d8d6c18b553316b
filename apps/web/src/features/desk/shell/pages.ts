import { type Action, type Actor, may, type Role } from "@ringfence/core/platform/access";
import type messages from "../../../../messages/en.json";

type MemberActor = Extract<Actor, { type: "member" }>;

/** A page that the navigation or the search can name. */
export type WorkspacePage = {
  key: keyof typeof messages.places;
  href:
    | "/"
    | "/activities"
    | "/audit"
    | "/call"
    | "/calls"
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
    | "/retention"
    | "/rules"
    | "/policy"
    | "/processing"
    | "/relevance"
    | "/sample"
    | "/screenings"
    | "/scrubs"
    | "/segments"
    | "/settings"
    | "/sources"
    | "/suppressions"
    | "/usage"
    | "/violations";
  /** Permission that opening the page needs. */
  action: Action;
};

/** The areas of the navigation, each with its pages. The desk's pages are in no group. */
const areas = {
  desk: [
    { key: "today", href: "/", action: "organization.read" },
    { key: "complaints", href: "/complaints", action: "complaint.read" },
    { key: "numbers", href: "/numbers", action: "phone.read" },
  ],
  doNotCall: [
    { key: "optOuts", href: "/opt-outs", action: "opt-out.read" },
    { key: "suppressions", href: "/suppressions", action: "suppression.read" },
    { key: "registries", href: "/registries", action: "registry.read" },
    { key: "inbound", href: "/inbound", action: "inbound.read" },
    { key: "endpoints", href: "/endpoints", action: "endpoint.read" },
  ],
  consents: [
    { key: "consents", href: "/consents", action: "consent.read" },
    { key: "captureForms", href: "/forms", action: "capture-form.read" },
    { key: "disclosures", href: "/disclosures", action: "disclosure.read" },
    { key: "sources", href: "/sources", action: "consent.read" },
  ],
  calling: [
    { key: "call", href: "/call", action: "opt-out.record" },
    { key: "scrubs", href: "/scrubs", action: "scrub.read" },
    { key: "screenings", href: "/screenings", action: "screening.list" },
    { key: "calls", href: "/calls", action: "call.read" },
    { key: "sample", href: "/sample", action: "sample.draw" },
    { key: "violations", href: "/violations", action: "violation.read" },
    { key: "rules", href: "/rules", action: "rule.read" },
    { key: "policy", href: "/policy", action: "policy.read" },
  ],
  audience: [
    { key: "segments", href: "/segments", action: "segment.read" },
    { key: "campaigns", href: "/campaigns", action: "campaign.read" },
    { key: "offers", href: "/offers", action: "offer.read" },
    { key: "relevance", href: "/relevance", action: "relevance.read" },
  ],
  people: [
    { key: "contacts", href: "/contacts", action: "contact.read" },
    { key: "activities", href: "/activities", action: "activity.read" },
    { key: "imports", href: "/imports", action: "import.read" },
    { key: "retention", href: "/retention", action: "retention.read" },
    { key: "processing", href: "/processing", action: "processing-record.read" },
  ],
  proof: [
    { key: "ledger", href: "/ledger", action: "proof.read" },
    { key: "audit", href: "/audit", action: "audit.read" },
  ],
  account: [
    { key: "organization", href: "/organization", action: "organization.read" },
    { key: "members", href: "/members", action: "member.read" },
    { key: "apiKeys", href: "/keys", action: "api-key.read" },
    { key: "usage", href: "/usage", action: "usage.read" },
    { key: "settings", href: "/settings", action: "member.change-own-settings" },
  ],
} as const satisfies Record<string, readonly WorkspacePage[]>;

export type Area = Exclude<keyof typeof areas, "desk">;

const grouped = ["doNotCall", "consents", "calling", "audience", "people", "proof"] as const;

/** All pages of the workspace that have a name in the navigation or the search. */
export const workspacePages: readonly WorkspacePage[] = Object.values(areas).flat();

/**
 * Pages that each role uses all day, shown first and in no group. A role starts at the first one after
 * signing in.
 */
const ownPages: Record<Role, readonly [WorkspacePage["key"], ...WorkspacePage["key"][]]> = {
  owner: ["today", "complaints"],
  officer: ["today", "complaints"],
  marketer: ["segments", "campaigns", "offers", "relevance"],
  agent: ["call"],
  auditor: ["ledger", "audit", "complaints"],
  developer: ["apiKeys", "endpoints", "inbound"],
};

/** The two pages of the bottom bar on phones, for roles where they are not the first two of `ownPages`. */
const quickPages: Partial<Record<Role, readonly [WorkspacePage["key"], WorkspacePage["key"]]>> = {
  agent: ["call", "consents"],
  auditor: ["ledger", "complaints"],
};

const findPageByKey = (key: WorkspacePage["key"]): WorkspacePage | undefined =>
  workspacePages.find((page) => page.key === key);

/** The pages of a member, as the navigation shows them. */
export type Navigation = {
  own: readonly WorkspacePage[];
  /** Groups of two entries or more, in the order of the areas. */
  groups: readonly { area: Area; pages: readonly WorkspacePage[] }[];
  /** Entries whose group would have no other entry. */
  single: readonly WorkspacePage[];
  account: readonly WorkspacePage[];
  /** The two pages of the bottom bar on phones. */
  quick: readonly WorkspacePage[];
};

/**
 * Builds the navigation of an actor, without pages that they may not open. `ownPages` and `quickPages` are not checked:
 * they must list only pages that the role may open.
 */
export function buildNavigation(actor: MemberActor): Navigation {
  const own = ownPages[actor.role].flatMap((key) => findPageByKey(key) ?? []);
  const rest = (all: readonly WorkspacePage[]) =>
    all.filter(({ key, action }) => may(actor, action) && !own.some((one) => one.key === key));
  const groups = grouped.map((area) => ({ area, pages: rest(areas[area]) }));
  return {
    own,
    groups: groups.filter(({ pages }) => pages.length > 1),
    single: groups.flatMap(({ pages }) => (pages.length === 1 ? pages : [])),
    account: rest(areas.account),
    quick: (quickPages[actor.role] ?? ownPages[actor.role].slice(0, 2)).flatMap(
      (key) => findPageByKey(key) ?? [],
    ),
  };
}

/** Page that a role starts at after signing in. */
export const findLandingPage = (role: Role): WorkspacePage["href"] =>
  findPageByKey(ownPages[role][0])?.href ?? "/settings";

/** Pages that the search of an actor offers. Today is a page of officers and owners. */
export const searchablePages = (actor: MemberActor): readonly WorkspacePage[] =>
  workspacePages.filter(
    ({ key, action }) =>
      may(actor, action) && (key !== "today" || ownPages[actor.role].includes("today")),
  );

/** Finds the page that a path belongs to; undefined outside the workspace. */
export const findPage = (path: string): WorkspacePage | undefined =>
  workspacePages.find(({ href }) => path === href || (href !== "/" && path.startsWith(`${href}/`)));

/** Pages that are not in the navigation, or that fewer members may open than the page above them. */
const otherPages: readonly (Omit<WorkspacePage, "href"> & { path: RegExp })[] = [
  { key: "newOptOuts", path: /^\/opt-outs\/new$/, action: "opt-out.record" },
  { key: "newComplaints", path: /^\/complaints\/new$/, action: "complaint.file" },
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
  { key: "lawPreviews", path: /^\/rules\/coming\/[^/]+$/, action: "law-preview.read" },
  {
    key: "changedProcessing",
    path: /^\/processing\/change$/,
    action: "processing-record.change",
  },
  { key: "changedForms", path: /^\/forms\/new$/, action: "capture-form.change" },
  { key: "changedDisclosures", path: /^\/disclosures\/new$/, action: "disclosure.change" },
  { key: "newEndpoints", path: /^\/endpoints\/new$/, action: "endpoint.change" },
  { key: "newApiKeys", path: /^\/keys\/new$/, action: "api-key.change" },
  { key: "newMembers", path: /^\/members\/new$/, action: "member.change" },
  {
    key: "signInSettings",
    path: /^\/organization\/sign-in$/,
    action: "identity-provider.read",
  },
  { key: "newSegments", path: /^\/segments\/new$/, action: "segment.change" },
  { key: "changedOffers", path: /^\/offers\/new$/, action: "offer.change" },
  { key: "newCampaigns", path: /^\/campaigns\/new$/, action: "campaign.change" },
  { key: "newImports", path: /^\/imports\/new$/, action: "import.run" },
];

/** Finds the permission that a path requires, and the name of the page. Undefined outside the workspace. */
export const findRequirement = (at: string): Pick<WorkspacePage, "key" | "action"> | undefined =>
  otherPages.find(({ path }) => path.test(at)) ?? findPage(at);
