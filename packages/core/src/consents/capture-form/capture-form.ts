import { z } from "zod";
import { type ConsentSource, Language } from "../consent/index.ts";
import { CaptureFormId, DisclosureId, OrganizationId } from "../../platform/ids.ts";
import { JurisdictionId } from "../../people/jurisdiction/index.ts";
import { visibleText } from "../../platform/text/index.ts";

/** Kinds of capture forms: pages, scripts and papers with which an organization asks people for consent. */
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

/** Scheme, host and port, as browsers send them (RFC 6454). */
export const Origin = z
  .string()
  .max(300)
  .refine((text) => URL.canParse(text) && new URL(text).origin === text && text !== "null");

/** Settings for the message to the person. If `isAsked`, the consent waits for their answer; otherwise it informs them. */
export const ConfirmationSettings = z.strictObject({
  means: z.enum(["sms", "email"]),
  isAsked: z.boolean(),
});
export type ConfirmationSettings = z.infer<typeof ConfirmationSettings>;

/** Settings of a form. Each disclosure has its own box on the same page. */
export const CaptureFormSettings = z.strictObject({
  disclosures: z.array(z.strictObject({ id: DisclosureId, version: z.int().min(1) })).max(20),
  /** Origins of other sites that may show it. The hosted page needs none. */
  origins: z.array(Origin).max(20),
  /** Jurisdictions of the people who see the form. */
  jurisdictions: z.array(JurisdictionId).max(100),
  /** Address of the page to check. */
  url: z
    .url({ protocol: /^https?$/ })
    .max(2_048)
    .optional(),
  /** Name field of the form. A typed name may be the signature (15 U.S.C. 7001). */
  name: z.enum(["none", "optional", "required", "signature"]),
  email: z.enum(["none", "optional", "required"]),
  /** Null if no message is sent; the consent then counts at once. */
  confirmation: ConfirmationSettings.nullable(),
  /** Language of later calls, if known. Consent is asked in it too. */
  callLanguage: Language.optional(),
});
export type CaptureFormSettings = z.infer<typeof CaptureFormSettings>;

/** Draft of a new form, or of the next version of the form with this id. */
export const DraftCaptureForm = z.strictObject({
  id: CaptureFormId.optional(),
  name: visibleText(200).pipe(z.string().min(1)),
  kind: CaptureFormKind,
  settings: CaptureFormSettings,
});
export type DraftCaptureForm = z.infer<typeof DraftCaptureForm>;

/** Asks for a token for a page of another site. `origin` is what its browser reports; null if nothing. */
export const IssueFormToken = z.strictObject({ origin: z.string().nullable() });
export type IssueFormToken = z.infer<typeof IssueFormToken>;

/** True for kinds that are filled in on a page. Others are read out, signed, or imported. */
export const isOnPage = (kind: CaptureFormKind) =>
  kind !== "phone" && kind !== "paper" && kind !== "import";

/** Address of a form. It names the organization, so that no look-up crosses organizations. */
export type FormAddress = { organizationId: OrganizationId; formId: CaptureFormId };

/** Formats the address of a form: 64 hexadecimal digits, safe in a path. */
export const formatFormAddress = ({ organizationId, formId }: FormAddress) =>
  `${organizationId}${formId}`.replaceAll("-", "");

const UUID = "([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})";
const ADDRESS = new RegExp(`^${UUID}${UUID}$`);

/** Parses the address of a form; null if it is not one. */
export function parseFormAddress(text: string): FormAddress | null {
  const [, ...parts] = ADDRESS.exec(text) ?? [];
  const organizationId = OrganizationId.safeParse(parts.slice(0, 5).join("-"));
  const formId = CaptureFormId.safeParse(parts.slice(5).join("-"));
  if (!organizationId.success || !formId.success) return null;
  return { organizationId: organizationId.data, formId: formId.data };
}
