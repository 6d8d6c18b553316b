import { CaptureFormId, OrganizationId } from "../../platform/ids.ts";

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
