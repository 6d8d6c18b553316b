import type { MemberId } from "../../platform/ids.ts";
import type { GroupPosition } from "./identity-provider.ts";

/** Facts that decide a sign-in through the identity provider. */
export type ProviderSignInFacts = {
  /** Groups that the provider names; null if it says nothing about groups. */
  groups: readonly string[] | null;
  positions: readonly GroupPosition[];
  email: string | null;
  isEmailVerified: boolean;
  /** The member who is linked to the account at the provider; null if nobody is. */
  linked: { memberId: MemberId; isRemoved: boolean } | null;
  /** The current member with the same e-mail; null if there is none. */
  sameEmail: { memberId: MemberId; isLinkedElsewhere: boolean } | null;
  /** The owner who signs in only with a password; null if the provider is not required. */
  emergencyOwnerId: MemberId | null;
  /** The owner without whom the organization would have none; null if there are several. */
  onlyOwnerId: MemberId | null;
};

/**
 * Reason why somebody may not sign in through the provider. `no-group`: none of their groups has a role.
 * `groups-unknown`: the provider says nothing about groups. `no-email`: nor about the e-mail of somebody who is not
 * linked. `email-unverified`: a member has their e-mail, and the provider has not verified it. `linked-elsewhere`: that
 * member signs in with another account at the provider. `removed`: the linked member was removed, and nobody else has
 * the e-mail. `emergency-owner`: they are the owner who signs in only with a password. `only-owner`: their groups would
 * leave the organization without an owner.
 */
export type ProviderRefusal =
  | "no-group"
  | "groups-unknown"
  | "no-email"
  | "email-unverified"
  | "linked-elsewhere"
  | "removed"
  | "emergency-owner"
  | "only-owner";

/**
 * `join`: a new member. `link`: a member signs in with this account at the provider for the first time. `enter`: the
 * member who is linked to it. `position` is what their groups give them.
 */
export type ProviderSignIn =
  | { is: "join"; email: string; position: GroupPosition }
  | { is: "link" | "enter"; memberId: MemberId; position: GroupPosition }
  | { is: "refuse"; reason: ProviderRefusal };

const refuse = (reason: ProviderRefusal) => ({ is: "refuse", reason }) as const;

/**
 * Decides who signs in through the identity provider, and with which role and sellers. The account's id at the provider
 * finds a member. The e-mail does not, because addresses are later given to other people. The e-mail finds a member
 * once, to link them, and only if the provider has verified it.
 */
export function decideProviderSignIn(facts: ProviderSignInFacts): ProviderSignIn {
  const { email, isEmailVerified, linked, sameEmail } = facts;
  if (facts.groups === null) return refuse("groups-unknown");
  const position = findPosition(facts.groups, facts.positions);
  if (position === null) return refuse("no-group");
  if (linked !== null && !linked.isRemoved) return enter("enter", linked.memberId, position, facts);
  if (email === null) return refuse("no-email");
  if (sameEmail === null) return linked ? refuse("removed") : { is: "join", email, position };
  if (!isEmailVerified) return refuse("email-unverified");
  if (sameEmail.isLinkedElsewhere) return refuse("linked-elsewhere");
  return enter("link", sameEmail.memberId, position, facts);
}

function enter(
  is: "link" | "enter",
  memberId: MemberId,
  position: GroupPosition,
  facts: ProviderSignInFacts,
): ProviderSignIn {
  const refusal = findPositionRefusal(memberId, position, facts);
  return refusal ? refuse(refusal) : { is, memberId, position };
}

type Owners = Pick<ProviderSignInFacts, "emergencyOwnerId" | "onlyOwnerId">;

/** Explains why a member's groups must not change their role; null if they may. */
export function findPositionRefusal(
  memberId: MemberId,
  { role }: Pick<GroupPosition, "role">,
  { emergencyOwnerId, onlyOwnerId }: Owners,
): Extract<ProviderRefusal, "emergency-owner" | "only-owner"> | null {
  if (memberId === emergencyOwnerId) return "emergency-owner";
  return memberId === onlyOwnerId && role !== "owner" ? "only-owner" : null;
}

/** Finds the role and sellers of a person: the first position whose group they belong to. Null if there is none. */
export const findPosition = (
  groups: readonly string[],
  positions: readonly GroupPosition[],
): GroupPosition | null => positions.find(({ group }) => groups.includes(group)) ?? null;

/** Minutes for which groups stay valid after they were read from the provider. */
export const GROUPS_FRESH_MINUTES = 5;

/** Minutes after which groups are no longer valid, even if the provider does not answer. */
export const GROUPS_LAST_MINUTES = 20;

/** Minutes until a provider that does not answer is asked again. */
const RETRY_MINUTES = 1;

const addMinutes = (at: Date, minutes: number) => new Date(at.getTime() + minutes * 60_000);

/**
 * Returns the time until which a session is valid whose groups were read at `readAt`. If the provider did not answer at
 * `unansweredAt`, the groups count a little longer, but not for ever: an outage must not keep a dismissed person in.
 */
export function findFreshUntil(readAt: Date, unansweredAt: Date | null = null): Date {
  if (unansweredAt === null) return addMinutes(readAt, GROUPS_FRESH_MINUTES);
  const last = addMinutes(readAt, GROUPS_LAST_MINUTES);
  const next = addMinutes(unansweredAt, RETRY_MINUTES);
  return next < last ? next : last;
}
