/**
 * Scope of an opt-out: all calls to a person, those of a seller, or those for a purpose and what is
 * below it.
 */
export type Scope = { seller: string } | { purpose: string } | "all";

/**
 * An opt-out. The person may have several phones. All instants are those of the one process that
 * asks.
 */
export type Refusal = {
  person: number;
  scope: Scope;
  /** Instant when its whole acknowledgement had arrived; null until then. */
  acknowledged: number | null;
  id: string | null;
};

export type Route = "single" | "batch" | "permit" | "scrub";

/** A verdict that a client received. */
export type Heard = {
  route: Route;
  person: number;
  seller: string;
  purpose: string;
  /** Instant before anything was sent. */
  begun: number;
  verdict: "allow" | "refuse";
};

/** Everything done and received, in no order: each entry has its own time. */
export type History = {
  refusals: Refusal[];
  heard: Heard[];
  /** Ids of the feed, as gathered page by page meanwhile, and as it stands at the end. */
  gathered: string[];
  feed: string[];
};

export const emptyHistory = (): History => ({ refusals: [], heard: [], gathered: [], feed: [] });
