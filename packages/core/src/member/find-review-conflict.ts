/** What was done to a member by another, as `member_event` holds it. */
export type MemberEvent = {
  memberId: string;
  /** `reset`: given a new link. `confirmed`: chose a password by a link that only their mailbox received. */
  kind: "added" | "reset" | "role" | "confirmed";
  /** The member who did it; null where no member did. */
  byId: string | null;
  /** Whether that member was shown the link or password by which one comes in. */
  isShown: boolean;
  at: Date;
};

/** What decides whether two members are two people, as of `at`. */
export type ReviewFacts = {
  /** Those who were removed too: who is added again with the same e-mail is the same person. */
  members: readonly { id: string; email: string }[];
  events: readonly MemberEvent[];
  at: Date;
};

type Review = {
  /** Each of whom the reviewer must be independent of. */
  proposerIds: readonly string[];
  reviewerId: string;
};

/** `until`: when it ends if nothing else happens; null if only a confirmed address ends it. */
export type ReviewConflict = { is: "own" } | { is: "linked"; until: Date | null };

/** How long who let a colleague in, or changed their role, counts as behind what they do. */
export const INDEPENDENCE_DAYS = 7;
const independenceMs = INDEPENDENCE_DAYS * 86_400_000;

/**
 * Says why a member may not accept what another proposed, or null if they may. They may not if they are
 * the same person, and if anybody who could be acting as the proposer has added them, given them a link or
 * changed their role within seven days, directly or through others. A member could be acted as by whoever
 * added them or gave them a link within that time, and by whoever was shown their link until their address
 * is confirmed by mail.
 */
export function findReviewConflict(facts: ReviewFacts, review: Review): ReviewConflict | null {
  const conflict = conflictAt(facts, review, facts.at);
  if (conflict !== "linked") return conflict && { is: conflict };
  const ends = facts.events
    .map(({ at }) => new Date(at.getTime() + independenceMs))
    .filter((end) => end > facts.at)
    .toSorted((a, b) => a.getTime() - b.getTime());
  const until = ends.find((end) => conflictAt(facts, review, end) === null) ?? null;
  return { is: "linked", until };
}

function conflictAt(
  { members, events }: ReviewFacts,
  { proposerIds, reviewerId }: Review,
  at: Date,
): ReviewConflict["is"] | null {
  const emails = new Map(members.map(({ id, email }) => [id, email]));
  const personOf = (id: string) => emails.get(id) ?? id;
  const reviewer = personOf(reviewerId);
  const proposers = new Set(proposerIds.map(personOf));
  if (proposers.has(reviewer)) return "own";

  const links = linksAt(events, at, personOf);
  const actingAs = reach(
    proposers,
    links.filter(({ givesAccess }) => givesAccess).map(({ from, to }) => ({ from: to, to: from })),
  );
  return reach(actingAs, links).has(reviewer) ? "linked" : null;
}

type Link = { from: string; to: string };

/** Who is behind whom at an instant; `givesAccess`: `from` could act as `to`. */
function linksAt(events: readonly MemberEvent[], at: Date, personOf: (id: string) => string) {
  /** A later link, or a confirmed address, makes an earlier link worthless. */
  const isReplaced = (person: string, since: Date) =>
    events.some(
      (event) => personOf(event.memberId) === person && event.kind !== "role" && event.at > since,
    );
  return events.flatMap(({ memberId, kind, byId, isShown, at: done }) => {
    if (byId === null || kind === "confirmed") return [];
    const to = personOf(memberId);
    const isRecent = at.getTime() - done.getTime() < independenceMs;
    if (!isRecent && !(isShown && !isReplaced(to, done))) return [];
    return [{ from: personOf(byId), to, givesAccess: kind !== "role" }];
  });
}

/** All from whom links lead, step by step, and these themselves. */
function reach(from: ReadonlySet<string>, links: readonly Link[]): ReadonlySet<string> {
  const reached = new Set(from);
  for (const person of reached) {
    for (const link of links) if (link.from === person) reached.add(link.to);
  }
  return reached;
}
