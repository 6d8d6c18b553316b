/**
 * Scope of an opt-out: all calls to a person, those of a seller, or those for a purpose and what is
 * below it.
 */
export type Scope = { seller: string } | { purpose: string } | "all";

/**
 * An opt-out. The person may have several phones. All instants are those of the one process that
 * runs the clients.
 */
export type OptOut = {
  person: number;
  scope: Scope;
  /** Instant when its whole acknowledgement had arrived; null until then. */
  acknowledgedAt: number | null;
  id: string | null;
};

export type Route = "single" | "batch" | "permit" | "scrub";

/** A verdict that a client received. */
export type ReceivedVerdict = {
  route: Route;
  person: number;
  seller: string;
  purpose: string;
  /** Instant before anything was sent. */
  startedAt: number;
  verdict: "allow" | "refuse";
};

/** The actions of all clients and the answers they got. Entries are not sorted; each has its time. */
export type History = {
  optOuts: OptOut[];
  verdicts: ReceivedVerdict[];
  /** Ids of the feed, as a client collected them page by page during the run. */
  followedFeed: string[];
  /** Ids of the feed, read from the beginning after the run. */
  feed: string[];
};

export const emptyHistory = (): History => ({
  optOuts: [],
  verdicts: [],
  followedFeed: [],
  feed: [],
});
