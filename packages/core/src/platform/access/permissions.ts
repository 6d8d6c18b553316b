import { type Actor, Role, type Scope } from "./actor.ts";

type Access = {
  roles?: readonly Role[];
  scopes?: readonly Scope[];
  /** Roles that may give this action to an API key, where they are not those in `roles` (`mayGrantScope`). */
  grantors?: readonly Role[];
  /** Names of jobs of the worker. */
  jobs?: readonly string[];
  /** Actors of public pages: a person who used our link or code, whoever fills in a form, and any visitor. */
  publicActors?: readonly ("person" | "form" | "visitor")[];
};

/**
 * All permissions. An actor whose role, scope, job or type is not listed for an action may not do it. Which
 * sellers an actor is limited to is not decided here (`allowSeller`).
 */
const access = {
  "screening.run": { roles: ["owner", "officer", "marketer", "agent"], scopes: ["screen"] },
  "phone.read": { roles: ["owner", "officer", "marketer", "agent", "auditor"] },
  "screening.list": { roles: ["owner", "officer", "auditor"] },
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
  "consent.capture": { publicActors: ["form"] },
  "consent.answer": { publicActors: ["person"] },
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
    publicActors: ["person", "visitor"], // nobody has to prove who they are to opt out
  },
  "opt-out.recover": { jobs: ["opt-out.recover"] }, // `pnpm ledger recover`, run by the operator on the server
  "opt-out.keep-receipt": { publicActors: ["person"] },
  "consent.keep-receipt": { publicActors: ["person"] },
  "receipt.send": { jobs: ["receipt.send"] },
  "own-record.ask": { publicActors: ["visitor"] },
  "own-record.read": { publicActors: ["person"] },
  "own-record.withdraw": { publicActors: ["person"] },
  "own-record.choose": { publicActors: ["person"] },
  "own-record.agree": { publicActors: ["person"] },
  "saved-view.change": { roles: ["owner", "officer", "marketer", "agent", "auditor"] },
  "saved-view.share": { roles: ["owner", "officer"] }, // for all members who see the list
  "complaint.make": { publicActors: ["person"] },
  "complaint.file": {
    roles: ["owner", "officer", "marketer", "agent"],
    scopes: ["complaints:write"],
  },
  "complaint.read": { roles: ["owner", "officer", "auditor"] },
  "complaint.handle": { roles: ["owner", "officer"] }, // calls, tasks, answers, appeals
  "complaint.settle": { roles: ["owner", "officer"] }, // after an appeal, only by somebody who did not decide before
  "complaint.send-answer": { jobs: ["complaint.answer"] },
  "access-report.make": { roles: ["owner", "officer"] }, // also the portable copy
  "evidence-pack.make": { roles: ["owner", "officer", "auditor"] },
  "person-code.hand-out": { roles: ["owner", "officer", "agent"] },
  "person-code.print": { roles: ["owner", "officer"] },
  "person-code.send": { jobs: ["person-code.send"] },
  "opt-out.read": { roles: ["owner", "officer", "auditor"], scopes: ["opt-outs:read"] },
  "opt-out.prove": {
    roles: ["owner", "officer", "auditor"],
    scopes: ["proofs:read", "opt-outs:read"],
  },
  "opt-out.mend": { roles: ["owner", "officer"] }, // unreadable requests and unclear messages
  "opt-out.correct": { roles: ["owner", "officer"] }, // one proposes, another accepts
  "opt-out.lift-burst": { jobs: ["burst.lift"] }, // once two officers have agreed
  "burst-alarm.send": { jobs: ["burst-alarm.send"] },
  "restriction.change": { roles: ["owner", "officer"] },
  "person.erase": { roles: ["owner", "officer"], jobs: ["retention.remove"] },
  "person.erase-from-files": { jobs: ["erasure.files"] }, // carries out a `person.erase`
  "legal-hold.place": { roles: ["owner", "officer"] },
  "legal-hold.lift": { roles: ["owner", "officer"] }, // one proposes, another accepts
  "legal-hold.read": { roles: ["owner", "officer", "auditor"] },
  "processing-record.read": { roles: ["owner", "officer", "auditor"] },
  "processing-record.change": { roles: ["owner", "officer"] },
  "retention.read": { roles: ["owner", "officer", "auditor"] },
  "retention.change": { roles: ["owner", "officer"] }, // one proposes, another publishes
  "retention.remove": { jobs: ["retention.remove"] }, // carries out a published policy
  "suppression.record": { roles: ["owner", "officer"] },
  "suppression.report-wrong-number": { roles: ["owner", "officer", "marketer", "agent"] },
  "suppression.end": { roles: ["owner", "officer"] },
  "suppression.read": { roles: ["owner", "officer", "auditor"] },
  "contact.record": { roles: ["owner", "officer", "marketer"], scopes: ["contacts:write"] },
  "contact.read": { roles: ["owner", "officer", "marketer", "auditor"] },
  "call.record": { roles: ["owner", "officer"], scopes: ["calls:write"] },
  "call.read": { roles: ["owner", "officer", "auditor"] },
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
  "campaign.review": { roles: ["officer"] }, // only by somebody who is not an author: core/audience/campaign
  "campaign.start": { roles: ["owner", "officer", "marketer"] },
  "campaign.pause": { roles: ["owner", "officer", "marketer"] },
  "campaign.hand-over": { scopes: ["campaigns:read"], grantors: ["owner", "officer"] },
  "campaign.read-duties": { scopes: ["campaigns:read"], grantors: ["owner", "officer"] },
  "campaign.confirm-duty": { roles: ["owner", "officer"] },
  "campaign.export": { roles: ["owner", "officer"] },
  "campaign.watch": { jobs: ["campaign.watch"] },
  "law-preview.request": { roles: ["owner", "officer"] },
  "law-preview.read": { roles: ["owner", "officer", "auditor"] },
  "law-preview.make": { jobs: ["law.preview"] },
  "import.run": { roles: ["owner", "officer", "marketer"], jobs: ["import.run"] },
  "import.run-record": { roles: ["owner", "officer"], jobs: ["import.run"] }, // all kinds except `isMarketerKind` in core/desk/import
  "import.read": { roles: ["owner", "officer", "marketer", "auditor"] },
  "import.read-record": { roles: ["owner", "officer", "auditor"] },
  "scrub.run": { roles: ["owner", "officer", "marketer"], scopes: ["scrubs"] },
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
    jobs: ["registry.sync", "scrub.run", "import.run", "form.check", "law.preview"],
  },
  "proof.read": { roles: ["owner", "officer", "auditor"], scopes: ["proofs:read"] },
  "run.perform": {
    jobs: ["registry.sync", "scrub.run", "import.run", "form.check", "law.preview"],
  },
  "rule.read": { roles: Role.options },
  "rule.override": { roles: ["owner", "officer"] },
  "law.accept": { roles: ["owner", "officer"] }, // one proposes, another accepts
  "law.follow": { roles: ["owner", "officer"] }, // notices of upcoming changes
  "policy.read": { roles: ["owner", "officer", "auditor"] },
  "policy.change": { roles: ["owner", "officer"] },
  "policy.publish": { roles: ["owner", "officer"] }, // only by somebody who wrote none of it
  "emergency.declare": { roles: ["owner", "officer"] },
  "closed-day.change": { roles: ["owner", "officer"] },
  "api-key.change": { roles: ["owner", "developer"] },
  "api-key.watch": { jobs: ["api-key.new-network"] },
  "api-key-alarm.send": { jobs: ["api-key-alarm.send"] },
  "api-key.read": { roles: ["owner", "developer", "auditor"] },
  "inbound.read": { roles: ["owner", "officer", "developer", "auditor"] },
  "inbound.change": { roles: ["owner", "developer"] },
  "endpoint.change": { roles: ["owner", "developer"] },
  "endpoint.read": { roles: ["owner", "officer", "developer", "auditor"] },
  "blocked-list.read": { roles: ["owner", "officer"], scopes: ["opt-outs:read"] },
  "blocked-list.write": { jobs: ["blocked-list.write"] },
  "delivery.replay": { roles: ["owner", "officer", "developer"] },
  "delivery.send": { jobs: ["webhook.deliver", "vicidial.pull"] },
  "organization.found": { jobs: ["organization.found"] }, // `pnpm found`, run by the operator on the server
  "organization.read": { roles: Role.options },
  "overview.read": { roles: ["owner", "officer", "marketer", "auditor"] },
  "report.read": { roles: ["owner", "officer"] },
  "report.send": { jobs: ["report.send"] },
  "sample.draw": { roles: ["owner", "officer", "auditor"] },
  "report.stop": { jobs: ["report-link"] }, // whoever has the link in a mailed report
  "overview.count": { jobs: ["overview.count"] },
  "organization.change": { roles: ["owner", "officer"] },
  "usage.read": { roles: ["owner", "officer"] },
  "audit.digest": { jobs: ["audit.digest"] },
  "audit.read": { roles: ["owner", "officer", "auditor"] },
  "member.read": { roles: ["owner", "officer", "auditor"] },
  "member.change": { roles: ["owner"] },
  "member-link.send": { jobs: ["member-link.send"] },
  "member.link": { jobs: ["identity-provider"] },
  "member.follow-groups": { jobs: ["identity-provider"] },
  "identity-provider.read": { roles: ["owner"] },
  "identity-provider.change": { roles: ["owner"] },
  "session.start": { roles: Role.options },
  "session.refuse": { jobs: ["identity-provider"] },
  "session.end-by-provider": { jobs: ["identity-provider"] },
  "session.read": { roles: Role.options },
  "session.end": { roles: Role.options },
  "session.read-others": { roles: ["owner"] },
  "session.end-others": { roles: ["owner"] },
  "member.change-own-settings": { roles: Role.options },
  "member.change-own-password": { roles: Role.options },
  "member.change-own-factors": { roles: Role.options },
  "session.prove": { roles: Role.options },
  "account-notice.send": { jobs: ["account-notice.send"] },
} as const satisfies Record<string, Access>;

export type Action = keyof typeof access;

/** True if the text names an action that still exists. An old audit row may name another. */
export const isAction = (text: string): text is Action => Object.hasOwn(access, text);

export const actions: readonly Action[] = Object.keys(access).filter(isAction);

/** Names of all jobs that may do something, in alphabetical order. */
export const jobNames: readonly string[] = [
  ...new Set(Object.values<Access>(access).flatMap(({ jobs = [] }) => jobs)),
].toSorted();

/** Returns the scopes that allow an action to an API key. A key needs only one of them. */
export function scopesFor(action: Action): readonly Scope[] {
  const { scopes = [] }: Access = access[action];
  return scopes;
}

/**
 * True if members with this role may give an API key the scope: for each action that the scope allows, the role is
 * among its `grantors`, or among its `roles` if it names no grantors. It is asked again whenever the key is used, with
 * the role that its maker has then (`scopesInForce`). To create a key, a member also needs `api-key.change`.
 */
export const mayGrantScope = (role: Role, scope: Scope): boolean =>
  Object.values<Access>(access).every(
    ({ roles = [], grantors = roles, scopes = [] }) =>
      !scopes.includes(scope) || grantors.includes(role),
  );

/**
 * True if the actor may do an action. Says nothing about sellers (`allowSeller`), nor about a proof of identity
 * (`stepUp`).
 */
export function may(actor: Actor, action: Action): boolean {
  const { roles = [], scopes = [], jobs = [], publicActors = [] }: Access = access[action];
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
      return publicActors.includes(actor.type);
  }
}

/** Lists the roles that may do an action, in the order of `Role`; none if only keys, jobs or the public may. */
export const rolesThatMay = (action: Action): Role[] =>
  Role.options.filter((role) => may({ type: "member", id: "", role, sellerIds: [] }, action));
