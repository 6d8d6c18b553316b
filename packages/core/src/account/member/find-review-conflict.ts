/** A change to a member, as stored in `member_event`. */
export type MemberEvent = {
  memberId: string;
  /** `reset`: got a new link. `confirmed`: chose a password through a link sent only to their mailbox. */
  kind: "added" | "reset" | "role" | "confirmed";
  /** The member who made the change; null if it was not a member. */
  byId: string | null;
  /** True if that member saw the link or password with which this one signs in. */
  isShown: boolean;
  at: Date;
};

/** Facts for deciding whether two members are two independent people at `at`. */
export type ReviewFacts = {
  /** Includes removed members: a member added again with the same e-mail is the same person. */
  members: readonly { id: string; email: string }[];
  events: readonly MemberEvent[];
  at: Date;
};

type Review = {
  /** The reviewer must be independent of each of these. */
  proposerIds: readonly string[];
  reviewerId: string;
};

/** `until`: when the conflict ends if nothing else happens; null if only a confirmed address ends it. */
export type ReviewConflict = { is: "own" } | { is: "linked"; until: Date | null };

/** Days during which members depend on whoever added them, gave them a link or changed their role. */
export const INDEPENDENCE_DAYS = 7;
const independenceMs = INDEPENDENCE_DAYS * 86_400_000;

/**
 * Says why a member may not accept a proposal, or returns null if they may.
 *
 * They may not if they are the proposer, or if somebody who could act as the proposer has added them, given
 * them a link or changed their role within seven days, directly or through others. Two groups could act as a
 * member: those who added them or gave them a link within seven days, and those who saw their link, until
 * the member confirms their address by mail.
 */
export function findReviewConflict(facts: ReviewFacts, review: Review): ReviewConflict | null {
  const conflict = findConflictAt(facts, review, facts.at);
  if (conflict !== "linked") return conflict && { is: conflict };
  const ends = facts.events
    .map(({ at }) => new Date(at.getTime() + independenceMs))
    .filter((end) => end > facts.at)
    .toSorted((a, b) => a.getTime() - b.getTime());
  const until = ends.find((end) => findConflictAt(facts, review, end) === null) ?? null;
  return { is: "linked", until };
}

function findConflictAt(
  { members, events }: ReviewFacts,
  { proposerIds, reviewerId }: Review,
  at: Date,
): ReviewConflict["is"] | null {
  const emails = new Map(members.map(({ id, email }) => [id, email]));
  const toPerson = (id: string) => emails.get(id) ?? id;
  const reviewer = toPerson(reviewerId);
  const proposers = new Set(proposerIds.map(toPerson));
  if (proposers.has(reviewer)) return "own";

  const links = listLinks(events, at, toPerson);
  const actingAs = findReachable(
    proposers,
    links.filter(({ givesAccess }) => givesAccess).map(({ from, to }) => ({ from: to, to: from })),
  );
  return findReachable(actingAs, links).has(reviewer) ? "linked" : null;
}

type Link = { from: string; to: string };

/** Lists who has power over whom at an instant. `givesAccess`: `from` could act as `to`. */
function listLinks(events: readonly MemberEvent[], at: Date, toPerson: (id: string) => string) {
  /** True if a later link or a confirmed address has made an earlier link worthless. */
  const isReplaced = (person: string, since: Date) =>
    events.some(
      (event) => toPerson(event.memberId) === person && event.kind !== "role" && event.at > since,
    );
  return events.flatMap(({ memberId, kind, byId, isShown, at: done }) => {
    if (byId === null || kind === "confirmed") return [];
    const to = toPerson(memberId);
    const isRecent = at.getTime() - done.getTime() < independenceMs;
    if (!isRecent && !(isShown && !isReplaced(to, done))) return [];
    return [{ from: toPerson(byId), to, givesAccess: kind !== "role" }];
  });
}

/** Returns everybody who can be reached through the links, including the starting people. */
function findReachable(from: ReadonlySet<string>, links: readonly Link[]): ReadonlySet<string> {
  const reached = new Set(from);
  for (const person of reached) {
    for (const link of links) if (link.from === person) reached.add(link.to);
  }
  return reached;
}
