import { z } from "zod";
import { Element } from "./element.ts";
import { leadShape } from "./lead.ts";

/** No text can state that a person acted. */
export const Statement = Element.exclude(["affirmative_action", "signature"]);
export type Statement = z.infer<typeof Statement>;

const MAX_CHARACTERS = 16_384;

/**
 * What proves that a person agreed. It may hold anything, and all of it is kept; these keys are
 * understood. It is personal, so it stands apart from the event and can be erased.
 */
export const Evidence = z
  .looseObject({
    /** What the person did: `ticked`, `clicked`, `spoken`, `signed`, … */
    act: z.string().trim().min(1).max(200).optional(),
    /** A signature, or where it is kept. */
    signature: z.string().trim().min(1).max(2_048).optional(),
    /** What the text says beyond that which follows from the other fields. */
    states: z.array(Statement).max(Statement.options.length).optional(),
    ip: z.union([z.ipv4(), z.ipv6()]).optional(),
    userAgent: z.string().max(1_024).optional(),
    /** The page on which it was given. */
    url: z.url().max(2_048).optional(),
    /** Where a recording of the call is kept. */
    recording: z.string().trim().min(1).max(2_048).optional(),
    /** Where a scan of the paper is kept. */
    scan: z.string().trim().min(1).max(2_048).optional(),
    ...leadShape,
  })
  .refine((evidence) => JSON.stringify(evidence).length <= MAX_CHARACTERS, {
    error: `At most ${MAX_CHARACTERS} characters of JSON`,
  });
export type Evidence = z.infer<typeof Evidence>;

export const isSigned = ({ act, signature }: Evidence) =>
  act === "signed" || signature !== undefined;
