import { type Actor, Role, type Scope } from "./actor.ts";

type Access = {
  roles?: readonly Role[];
  scopes?: readonly Scope[];
  /** Roles whose members may make a key for it. Only for actions that no role has, and keys alone do. */
  makers?: readonly Role[];
  jobs?: readonly string[];
  /** Public actors: a person about themselves, whoever fills in a form, and any visitor. */
  others?: readonly ("person" | "form" | "visitor")[];
};

/** All permissions. What is not listed is forbidden. */
const access = {
  "screening.run": { roles: ["owner", "officer", "marketer", "agent"], scopes: ["screen"] },
  "phone.read": { roles: ["owner", "officer", "marketer", "agent", "auditor"] },
  "screening.read": { roles: ["owner", "officer", "marketer", "agent", "auditor"] },
  "consent.record": { roles: ["owner", "officer", "agent"], scopes: ["consents:write"] },
  "consent.read": {
    roles: ["owner", "officer", "marketer", "agent", "auditor"],
    scopes: ["consents:read"],
  },
  "consent.prove": {
    roles: ["owner", "officer", "auditor"],
    scopes: ["proofs:read", "consents:read"],
  },
  "consent.capture": { others: ["form"] },
  "consent.answer": { others: ["person"] },
  "confirmation.send": { jobs: ["confirmation.send"] },
  "disclosure.read": { roles: ["owner", "officer", "marketer", "agent", "auditor"] },
  "disclosure.change": { roles: ["owner", "officer"] },
  "capture-form.read": { roles: ["owner", "officer", "marketer", "agent", "auditor"] },
  "capture-form.change": { roles: ["owner", "officer"] },
  "capture-form.check": { jobs: ["form.check"] },
  "opt-out.record": {
    roles: ["owner", "officer", "marketer", "agent"],
    scopes: ["opt-outs:write"],
    jobs: ["inbound", "vicidial.pull", "violation.scan"],
    others: ["person", "visitor"], // refusing asks for no proof of who one is
  },
  "opt-out.keep-receipt": { others: ["person"] },
  "consent.keep-receipt": { others: ["person"] },
  "receipt.send": { jobs: ["receipt.send"] },
  "own-record.ask": { others: ["visitor"] },
  "own-record.read": { others: ["person"] },
  "own-record.withdraw": { others: ["person"] },
  "complaint.make": { others: ["person"] },
  "complaint.file": { roles: ["owner", "officer", "marketer", "agent"] }, // for a person on the phone
  "complaint.read": { roles: ["owner", "officer", "auditor"] },
  "complaint.settle": { roles: ["owner", "officer"] },
  "person-code.send": { jobs: ["person-code.send"] },
  "opt-out.read": { roles: ["owner", "officer", "auditor"], scopes: ["opt-outs:read"] },
  "opt-out.prove": {
    roles: ["owner", "officer", "auditor"],
    scopes: ["proofs:read", "opt-outs:read"],
  },
  "opt-out.mend": { roles: ["owner", "officer"] },
  "opt-out.correct": { roles: ["owner", "officer"] }, // one asks, another accepts
  "opt-out.lift-burst": { jobs: ["burst.lift"] }, // after two officers agreed
  "burst-alarm.send": { jobs: ["burst-alarm.send"] },
  "person.erase": { roles: ["owner", "officer"] },
  "person.erase-from-files": { jobs: ["erasure.files"] }, // what was decided by that
  "suppression.record": { roles: ["owner", "officer"] },
  "suppression.end": { roles: ["owner", "officer"] },
  "suppression.read": { roles: ["owner", "officer", "auditor"] },
  "contact.record": { roles: ["owner", "officer", "marketer"], scopes: ["contacts:write"] },
  "contact.read": { roles: ["owner", "officer", "marketer", "auditor"] },
  "call.record": { roles: ["owner", "officer"], scopes: ["calls:write"] },
  "violation.find": { jobs: ["violation.scan"] },
  "violation.read": { roles: ["owner", "officer", "auditor"] },
  "violation.settle": { roles: ["owner", "officer"] },
  "activity.record": {
    roles: ["owner", "officer", "marketer"],
    scopes: ["activities:write"],
    jobs: ["import.run"],
  },
  "activity.read": { roles: ["owner", "officer", "marketer", "auditor"] },
  "activity-type.change": {
    roles: ["owner", "officer", "marketer"],
    scopes: ["activities:write"],
  },
  "segment.read": { roles: ["owner", "officer", "marketer", "auditor"] },
  "segment.change": { roles: ["owner", "officer", "marketer"] },
  "segment.refresh": { jobs: ["segment.refresh", "segment.follow"] },
  "segment.screen": { jobs: ["segment.screen"] },
  "segment.export": { roles: ["owner", "officer"] },
  "relevance.read": { roles: ["owner", "officer", "marketer", "auditor"] },
  "relevance.change": { roles: ["owner", "officer", "marketer"] },
  "relevance.train": { jobs: ["relevance.train"] },
  "offer.read": { roles: ["owner", "officer", "marketer", "auditor"] },
  "offer.change": { roles: ["owner", "officer", "marketer"] },
  "campaign.read": { roles: ["owner", "officer", "marketer", "auditor"] },
  "campaign.change": { roles: ["owner", "officer", "marketer"] },
  "campaign.review": { roles: ["officer"] }, // another than its authors: core/campaign
  "campaign.start": { roles: ["owner", "officer", "marketer"] },
  "campaign.pause": { roles: ["owner", "officer", "marketer"] },
  "campaign.hand-over": { scopes: ["campaigns:read"], makers: ["owner", "officer"] },
  "campaign.export": { roles: ["owner", "officer"] },
  "campaign.watch": { jobs: ["campaign.sweep", "campaign.watch"] },
  "import.run": { roles: ["owner", "officer", "marketer"], jobs: ["import.run"] },
  "import.run-record": { roles: ["owner", "officer"], jobs: ["import.run"] }, // all but core/import's isMarketersKind
  "import.read": { roles: ["owner", "officer", "marketer", "auditor"] },
  "import.read-record": { roles: ["owner", "officer", "auditor"] },
  "scrub.run": { roles: ["owner", "officer", "marketer"], scopes: ["scrubs"], jobs: ["scrub.run"] },
  "scrub.read": { roles: ["owner", "officer", "marketer", "auditor"], scopes: ["scrubs"] },
  "registry.read": { roles: ["owner", "officer", "auditor"], jobs: ["registry.sync"] },
  "registry.change": { roles: ["owner", "officer"] },
  "reassigned.ask": { roles: ["owner", "officer"] },
  "reassigned.read": { roles: ["owner", "officer", "auditor"] },
  "registry.apply": { jobs: ["registry.sync"] },
  "registry.count": { jobs: ["registry.count"] },
  "registry-alert.send": { jobs: ["registry-alert.send"] },
  "run.read": {
    roles: ["owner", "officer", "marketer", "auditor"],
    scopes: ["scrubs"],
    jobs: ["registry.sync", "scrub.run", "import.run", "form.check"],
  },
  "proof.read": { roles: ["owner", "officer", "auditor"], scopes: ["proofs:read"] },
  "run.perform": { jobs: ["registry.sync", "scrub.run", "import.run", "form.check"] },
  "rule.read": { roles: Role.options },
  "rule.override": { roles: ["owner", "officer"] },
  "emergency.declare": { roles: ["owner", "officer"] },
  "closed-day.change": { roles: ["owner", "officer"] },
  "api-key.change": { roles: ["owner", "developer"] },
  "api-key.read": { roles: ["owner", "developer", "auditor"] },
  "inbound.read": { roles: ["owner", "officer", "developer", "auditor"] },
  "inbound.change": { roles: ["owner", "developer"] },
  "endpoint.change": { roles: ["owner", "developer"] },
  "endpoint.read": { roles: ["owner", "officer", "developer", "auditor"] },
  "blocked-list.read": { roles: ["owner", "officer"], scopes: ["opt-outs:read"] },
  "blocked-list.write": { jobs: ["blocked-list.write"] },
  "delivery.replay": { roles: ["owner", "officer", "developer"] },
  "delivery.send": { jobs: ["webhook.deliver", "vicidial.pull"] },
  "organization.found": { jobs: ["organization.found"] }, // whoever runs `pnpm found` where Ringfence runs
  "organization.read": { roles: Role.options },
  "organization.change": { roles: ["owner", "officer"] },
  "audit.read": { roles: ["owner", "officer", "auditor"] },
  "member.read": { roles: ["owner", "officer", "auditor"] },
  "member.change": { roles: ["owner"] },
  "member-link.send": { jobs: ["member-link.send"] },
  "session.start": { roles: Role.options },
  "session.read": { roles: Role.options },
  "session.end": { roles: Role.options },
  "member.change-own-settings": { roles: Role.options },
  "member.change-own-password": { roles: Role.options },
} as const satisfies Record<string, Access>;

export type Action = keyof typeof access;

/** True for text from an audit row that is still an action. */
export const isAction = (text: string): text is Action => Object.hasOwn(access, text);

export const actions: readonly Action[] = Object.keys(access).filter(isAction);

/** The scopes of keys that may; one is enough. */
export function scopesFor(action: Action): readonly Scope[] {
  const { scopes = [] }: Access = access[action];
  return scopes;
}

/** True if a role may do all that a scope allows. Only then may its members make keys with that scope. */
export const holdsScope = (role: Role, scope: Scope): boolean =>
  Object.values<Access>(access).every(
    ({ roles = [], makers = roles, scopes = [] }) =>
      !scopes.includes(scope) || makers.includes(role),
  );

export function may(actor: Actor, action: Action): boolean {
  const { roles = [], scopes = [], jobs = [], others = [] }: Access = access[action];
  switch (actor.type) {
    case "member":
      return roles.includes(actor.role);
    case "key":
      return actor.scopes.some((scope) => scopes.includes(scope));
    case "job":
      return jobs.includes(actor.name);
    case "person":
    case "form":
    case "visitor":
      return others.includes(actor.type);
  }
}

/** Lists the roles that may, so that a refused member knows whom to ask. */
export const rolesThatMay = (action: Action): Role[] =>
  Role.options.filter((role) => may({ type: "member", id: "", role, sellerIds: [] }, action));
