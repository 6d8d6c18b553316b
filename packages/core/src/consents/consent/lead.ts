import { z } from "zod";
import { said } from "../../platform/message/faults.ts";

/** A page of TrustedForm: 40 hexadecimal digits of a web form; longer ones of apps and of Facebook. */
const TRUSTED_FORM = /^https:\/\/cert\.trustedform\.com\/[A-Za-z0-9_-]{40,200}$/;
/** The token of Jornaya: 36 characters, grouped as a GUID is. */
const LEAD_ID = /^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/i;

/**
 * What comes with a consent that was bought: who collected it, and what a third party saw as it was
 * given. A certificate is the third party's to keep, and for a time only; once it is claimed,
 * `retained` says where.
 */
export const leadShape = {
  /** Who collected the consent and passed it on. */
  leadSeller: z.string().trim().min(1).max(200).optional(),
  trustedForm: z.string().regex(TRUSTED_FORM, said("consent.trusted-form-odd")).optional(),
  leadId: z.string().regex(LEAD_ID, said("consent.lead-id-odd")).optional(),
  /** The reference under which the certificate was claimed, or where a copy is kept. */
  retained: z.string().trim().min(1).max(2_048).optional(),
};

const Lead = z.object(leadShape);

/** What evidence says of whoever passed the consent on; null where it came from nobody else. */
export function leadIn(evidence: unknown): z.infer<typeof Lead> | null {
  const { data } = Lead.safeParse(evidence);
  return data && Object.values(data).some((value) => value !== undefined) ? data : null;
}
