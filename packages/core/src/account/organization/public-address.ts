import { OrganizationId } from "../../platform/ids.ts";

/** Formats the organization's id for public page addresses: 32 hexadecimal digits. */
export const formatPublicAddress = (id: OrganizationId): string => id.replaceAll("-", "");

const ADDRESS = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/;

/** Parses a public page address. Null if it has another form; whether the organization exists is not checked. */
export function parsePublicAddress(text: string): OrganizationId | null {
  const [, ...parts] = ADDRESS.exec(text) ?? [];
  return OrganizationId.safeParse(parts.join("-")).data ?? null;
}
