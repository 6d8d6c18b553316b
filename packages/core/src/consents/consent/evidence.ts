import { z } from "zod";
import { Element } from "./consent.ts";
import { withMessage } from "../../platform/message/faults.ts";

/** No text can state that a person acted. */
export const Statement = Element.exclude(["affirmative_action", "signature"]);
export type Statement = z.infer<typeof Statement>;

const MAX_CHARACTERS = 16_384;

/** A page of TrustedForm: 40 hexadecimal digits of a web form; longer ones of apps and of Facebook. */
const TRUSTED_FORM = /^https:\/\/cert\.trustedform\.com\/[A-Za-z0-9_-]{40,200}$/;
/** The token of Jornaya: 36 characters, grouped as a GUID is. */
const LEAD_ID = /^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/i;

/**
 * What comes with a consent that was bought: who collected it, and what a third party saw as it was
 * given. A certificate is the third party's to keep, and for a time only; once it is claimed,
 * `retained` says where.
 */
const leadShape = {
  /** Who collected the consent and passed it on. */
  leadSeller: z.string().trim().min(1).max(200).optional(),
  trustedForm: z.string().regex(TRUSTED_FORM, withMessage("consent.trusted-form-odd")).optional(),
  leadId: z.string().regex(LEAD_ID, withMessage("consent.lead-id-odd")).optional(),
  /** The reference under which the certificate was claimed, or where a copy is kept. */
  retained: z.string().trim().min(1).max(2_048).optional(),
};

/** A text of which so many UTF-16 units are kept, and none is asked for: empty, it says nothing. */
export const kept = (maxLength: number) =>
  z
    .string()
    .nullish()
    .transform((text) => text?.trim().slice(0, maxLength) || undefined)
    .optional();

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

const Lead = z.object(leadShape);

/** What evidence says of whoever passed the consent on; null where it came from nobody else. */
export function leadIn(evidence: unknown): z.infer<typeof Lead> | null {
  const { data } = Lead.safeParse(evidence);
  return data && Object.values(data).some((value) => value !== undefined) ? data : null;
}
