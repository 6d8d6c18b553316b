import { z } from "zod";
import type { ConsentSource } from "../consent/index.ts";
import { Language } from "../disclosure/index.ts";
import { CaptureFormId, DisclosureId, OrganizationId } from "../../platform/ids.ts";
import { JurisdictionId } from "../../people/jurisdiction/index.ts";
import { storableText } from "../../platform/text/index.ts";

export const CaptureFormKind = z.enum([
  "newsletter",
  "website_form",
  "registration",
  "checkout",
  "phone",
  "paper",
  "import",
]) satisfies z.ZodType<ConsentSource>;
export type CaptureFormKind = z.infer<typeof CaptureFormKind>;

/** Scheme, host and port, as browsers send it (RFC 6454). */
export const Origin = z
  .string()
  .max(300)
  .refine((text) => URL.canParse(text) && new URL(text).origin === text && text !== "null");

/** How the person hears of it: asked, the consent waits for the answer; else it only tells them. */
export const ConfirmationSettings = z.strictObject({
  means: z.enum(["sms", "email"]),
  isAsked: z.boolean(),
});
export type ConfirmationSettings = z.infer<typeof ConfirmationSettings>;

/** What a form asks of whom and where. Disclosures are asked apart and shown together. */
export const CaptureFormSettings = z.strictObject({
  disclosures: z.array(z.strictObject({ id: DisclosureId, version: z.int().min(1) })).max(20),
  /** Pages of others that may show it; on the hosted page it stands without. */
  origins: z.array(Origin).max(20),
  /** Where the people live who meet it. */
  jurisdictions: z.array(JurisdictionId).max(100),
  /** Where the page stands that is checked. */
  url: z
    .url({ protocol: /^https?$/ })
    .max(2_048)
    .optional(),
  /** Whether a name is asked for; a typed name may be the signature (15 U.S.C. 7001). */
  name: z.enum(["none", "optional", "required", "signature"]),
  email: z.enum(["none", "optional", "required"]),
  confirmation: ConfirmationSettings.nullable(),
  /** In which the later calls are made, where that is settled: consent is asked in it too. */
  callLanguage: Language.optional(),
});
export type CaptureFormSettings = z.infer<typeof CaptureFormSettings>;

/** A form as it is worked on: a new one, or what is to be the next version of the one it names. */
export const DraftCaptureForm = z.strictObject({
  id: CaptureFormId.optional(),
  name: storableText(200).min(1),
  kind: CaptureFormKind,
  settings: CaptureFormSettings,
});
export type DraftCaptureForm = z.infer<typeof DraftCaptureForm>;

/** Kinds that people fill in on a page; the others are read out, signed, or come as files. */
export const isOnPage = (kind: CaptureFormKind) =>
  kind !== "phone" && kind !== "paper" && kind !== "import";

/** Whose form, and which: what a page has to say, so that no look-up crosses organizations. */
export type FormAddress = { organizationId: OrganizationId; formId: CaptureFormId };

/** 64 hexadecimal digits, safe in a path. */
export const writeFormAddress = ({ organizationId, formId }: FormAddress) =>
  `${organizationId}${formId}`.replaceAll("-", "");

const UUID = "([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})";
const ADDRESS = new RegExp(`^${UUID}${UUID}$`);

/** Null for what is no address of a form. */
export function readFormAddress(text: string): FormAddress | null {
  const [, ...parts] = ADDRESS.exec(text) ?? [];
  const organizationId = OrganizationId.safeParse(parts.slice(0, 5).join("-"));
  const formId = CaptureFormId.safeParse(parts.slice(5).join("-"));
  if (!organizationId.success || !formId.success) return null;
  return { organizationId: organizationId.data, formId: formId.data };
}
