/** What a refusal covers: all calls of a person, those of a seller, or those about a purpose and what is below it. */
export type Scope = { seller: string } | { purpose: string } | "all";

/** A refusal, whose person has perhaps several phones. Instants are those of the one process that asks. */
export type Refusal = {
  person: number;
  scope: Scope;
  /** When its acknowledgement had arrived whole; null while there is none. */
  acknowledged: number | null;
  id: string | null;
};

export type Door = "single" | "batch" | "permit" | "scrub";

/** A verdict that somebody heard. */
export type Heard = {
  door: Door;
  person: number;
  seller: string;
  purpose: string;
  /** When it was asked for, before anything was sent. */
  begun: number;
  verdict: "allow" | "refuse";
};

/** All that was done and heard, in no order: each says itself when. */
export type History = {
  refusals: Refusal[];
  heard: Heard[];
  /** The ids of the feed, as somebody gathered them page by page meanwhile, and as it stands at the end. */
  gathered: string[];
  feed: string[];
};

export const emptyHistory = (): History => ({ refusals: [], heard: [], gathered: [], feed: [] });
