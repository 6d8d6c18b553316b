import { z } from "zod";
import { Element } from "./consent.ts";
import { withMessage } from "../../platform/message/index.ts";

/** Elements of a consent that its text can contain. No text can say that the person acted, signed or only enquired. */
export const TextElement = Element.exclude(["affirmative_action", "signature", "enquiry"]);
export type TextElement = z.infer<typeof TextElement>;

const MAX_CHARACTERS = 16_384;

/** URL of a TrustedForm certificate: 40 hexadecimal digits for a web form, a longer id for apps and Facebook. */
const TRUSTED_FORM = /^https:\/\/cert\.trustedform\.com\/[A-Za-z0-9_-]{40,200}$/;
/** The token of Jornaya: 36 characters, grouped as a GUID is. */
const LEAD_ID = /^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/i;

/**
 * Fields of a bought consent: who collected it, and the certificate of a third party. A third party keeps
 * its certificate for a limited time; once claimed, `retained` says where it is.
 */
const leadOriginFields = {
  /** Company that collected the consent and passed it on. */
  leadSeller: z.string().trim().min(1).max(200).optional(),
  trustedForm: z.string().regex(TRUSTED_FORM, withMessage("consent.trusted-form-odd")).optional(),
  leadId: z.string().regex(LEAD_ID, withMessage("consent.lead-id-odd")).optional(),
  /** The reference under which the certificate was claimed, or where a copy is kept. */
  retained: z.string().trim().min(1).max(2_048).optional(),
};

/** Optional text that is cut to a maximum length. An empty text counts as none. */
export const optionalText = (maxLength: number) =>
  z
    .string()
    .nullish()
    .transform((text) => text?.trim().slice(0, maxLength) || undefined)
    .optional();

/** Evidence as stored. It has no total limit, because our own forms store the page that the person saw. */
export const StoredEvidence = z.looseObject({
  /** The person's act: `ticked`, `clicked`, `spoken`, `signed`, … */
  act: optionalText(200),
  /** A signature, or where it is kept. */
  signature: optionalText(MAX_CHARACTERS),
  /** Elements that the recorder says the text contains, in addition to those that other fields prove. */
  states: z.array(TextElement).max(TextElement.options.length).optional(),
  /** IP address that the server saw. Behind proxies there may be several. */
  ip: optionalText(256),
  userAgent: optionalText(1_024),
  /** The page on which it was given. */
  url: optionalText(2_048),
  /** Location of the call recording. */
  recording: optionalText(2_048),
  /** Location of the scanned paper. */
  scan: optionalText(2_048),
  ...leadOriginFields,
});

/**
 * Evidence as it is sent. Keys that we do not know are stored unchanged, because nobody can submit the form a
 * second time. Evidence is personal, so it has a table of its own and can be erased.
 */
export const Evidence = StoredEvidence.refine(
  (evidence) => JSON.stringify(evidence).length <= MAX_CHARACTERS,
  { error: `At most ${MAX_CHARACTERS} characters of JSON` },
);
export type Evidence = z.infer<typeof Evidence>;

/** True if the evidence says that the person signed, or holds a signature. */
export const isSigned = ({ act, signature }: Evidence) =>
  act === "signed" || signature !== undefined;

const LeadOrigin = z.object(leadOriginFields);

/** Finds where a bought consent comes from; null if the evidence does not say, or one of these fields is malformed. */
export function findLeadOrigin(evidence: unknown): z.infer<typeof LeadOrigin> | null {
  const { data } = LeadOrigin.safeParse(evidence);
  return data && Object.values(data).some((value) => value !== undefined) ? data : null;
}
