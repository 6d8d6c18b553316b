/** A change to a member, as stored in `member_event`. */
export type MemberEvent = {
  memberId: string;
  /**
   * `added`: joined and got a sign-in link. `reset`: got a new link. `role`: got another role or other sellers.
   * `confirmed`: chose a password with a link that was only mailed to them.
   */
  kind: "added" | "reset" | "role" | "confirmed";
  /** The member who made the change; null if it was not a member. */
  byId: string | null;
  /** True if the member `byId` saw the link (or first password) with which `memberId` signs in. */
  isShown: boolean;
  at: Date;
};

/** Facts that decide whether a reviewer is independent of the proposers at the time `at`. */
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

/**
 * `own`: the reviewer is a proposer. `linked`: the reviewer is not independent of a proposer. `until`: when that
 * ends by itself; null if it lasts until the member gets another link or confirms their address.
 */
export type ReviewConflict = { is: "own" } | { is: "linked"; until: Date | null };

/** Days until a member is independent of whoever added them, gave them a link or changed their role. */
export const INDEPENDENCE_DAYS = 7;
const independenceMs = INDEPENDENCE_DAYS * 86_400_000;

/**
 * Finds why the reviewer may not accept a proposal; null if they may.
 *
 * They may not if they are a proposer, if they could act as a proposer, or if somebody who could act as a
 * proposer has influence over them. Each holds directly or through others.
 *
 * Influence: whoever added a member, gave them a link or changed their role has it for seven days. Whoever saw
 * their sign-in link has it until the member gets another link or confirms their address by a mailed link.
 * Influence by a link or by adding a member also lets one act as that member; a change of role does not.
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

  const influences = listInfluences(events, at, toPerson);
  const actingAs = findReachable(
    proposers,
    influences
      .filter(({ givesAccess }) => givesAccess)
      .map(({ from, to }) => ({ from: to, to: from })),
  );
  return findReachable(actingAs, influences).has(reviewer) ? "linked" : null;
}

/** `from` has influence over `to`. Both are persons: members with the same e-mail are one. */
type Influence = { from: string; to: string };

/** Lists which persons have influence over which at the time `at`. `givesAccess`: `from` could act as `to`. */
function listInfluences(
  events: readonly MemberEvent[],
  at: Date,
  toPerson: (id: string) => string,
) {
  /** True if a later link, or a confirmed address, has replaced the link that the person got at `since`. */
  const isReplaced = (person: string, since: Date) =>
    events.some(
      (event) => toPerson(event.memberId) === person && event.kind !== "role" && event.at > since,
    );
  return events.flatMap(({ memberId, kind, byId, isShown, at: happenedAt }) => {
    if (byId === null || kind === "confirmed") return [];
    const to = toPerson(memberId);
    const isRecent = at.getTime() - happenedAt.getTime() < independenceMs;
    if (!isRecent && !(isShown && !isReplaced(to, happenedAt))) return [];
    return [{ from: toPerson(byId), to, givesAccess: kind !== "role" }];
  });
}

/** Returns everybody who can be reached from some persons, including themselves. */
function findReachable(
  from: ReadonlySet<string>,
  influences: readonly Influence[],
): ReadonlySet<string> {
  const reached = new Set(from);
  for (const person of reached) {
    for (const { from, to } of influences) if (from === person) reached.add(to);
  }
  return reached;
}
