import { z } from "zod";
import { Channel } from "../../people/phone/index.ts";
import { JurisdictionId } from "../../people/jurisdiction/jurisdiction.ts";

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** What the system that takes the answers keeps of each. */
export const CapturedEvidence = z.enum([
  "server_time",
  "ip",
  "user_agent",
  "url",
  "snapshot",
  "control_states",
]);
export type CapturedEvidence = z.infer<typeof CapturedEvidence>;

const ScriptLine = z.object({ speaker: z.enum(["agent", "person"]), text: z.string() });
export type ScriptLine = z.infer<typeof ScriptLine>;

/**
 * What a form is for, and what stands behind it. Whatever is left out is not known, and a check that
 * needs it asks an officer.
 */
export const FormContext = z.object({
  /** Where the people live who fill it in. */
  jurisdictions: z.array(JurisdictionId).min(1),
  seller: z.object({
    legalName: z.string().trim().min(1),
    /** Other names that people know it by. */
    brands: z.array(z.string().trim().min(1)).default([]),
  }),
  channels: z.array(Channel).min(1),
  /** What calls would be about, in the words of the form's language. */
  products: z.array(z.string().trim().min(1)).optional(),
  /** Of the later call, BCP 47. */
  callLanguage: z.string().optional(),
  /** SHA-256 of the published disclosure, over `comparableText` of it. */
  disclosureHash: Sha256.optional(),
  withdrawalUrl: z.url().optional(),
  captured: z.array(CapturedEvidence).optional(),
  /** Whether the act of signing is kept, with its time. */
  isSignatureLogged: z.boolean().optional(),
  verification: z
    .object({ method: z.enum(["sms_code", "call", "none"]), text: z.string() })
    .optional(),
  /** What is compared with the consent before each call. */
  screenedBy: z.array(z.enum(["seller", "channel", "purpose"])).optional(),
  /** In years; null where the product needs none. */
  minimumAge: z.int().positive().nullish(),
  /** Of a consent that is spoken: what was said, in order. Null where none is. */
  transcript: z.array(ScriptLine).nullish(),
  /** What is said at the beginning of each call. */
  callScript: z.string().optional(),
});
export type FormContext = z.infer<typeof FormContext>;
export type FormContextInput = z.input<typeof FormContext>;
