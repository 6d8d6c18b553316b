import { z } from "zod";
import { Element } from "./element.ts";
import { kept } from "./kept.ts";
import { leadShape } from "./lead.ts";

/** No text can state that a person acted. */
export const Statement = Element.exclude(["affirmative_action", "signature"]);
export type Statement = z.infer<typeof Statement>;

const MAX_CHARACTERS = 16_384;

/** Evidence as it is kept: of a form of ours it holds the page too, so that it may be longer. */
export const StoredEvidence = z.looseObject({
  /** What the person did: `ticked`, `clicked`, `spoken`, `signed`, … */
  act: kept(200),
  /** A signature, or where it is kept. */
  signature: kept(MAX_CHARACTERS),
  /** What the text says beyond that which follows from the other fields. */
  states: z.array(Statement).max(Statement.options.length).optional(),
  /** As the server saw it; behind proxies it may be several. */
  ip: kept(256),
  userAgent: kept(1_024),
  /** The page on which it was given. */
  url: kept(2_048),
  /** Where a recording of the call is kept. */
  recording: kept(2_048),
  /** Where a scan of the paper is kept. */
  scan: kept(2_048),
  ...leadShape,
});

/**
 * What proves that a person agreed. It may hold anything, and all of it is kept as it came, for a form that
 * was sent does not come again; these keys are understood. It is personal, so it stands apart from the event
 * and can be erased.
 */
export const Evidence = StoredEvidence.refine(
  (evidence) => JSON.stringify(evidence).length <= MAX_CHARACTERS,
  { error: `At most ${MAX_CHARACTERS} characters of JSON` },
);
export type Evidence = z.infer<typeof Evidence>;

export const isSigned = ({ act, signature }: Evidence) =>
  act === "signed" || signature !== undefined;
