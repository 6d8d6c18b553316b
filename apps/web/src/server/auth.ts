import "server-only";
import type { Role } from "@ringfence/core/access";
import type { OrganizationId, SellerId } from "@ringfence/core/ids";
import type { Locale } from "@ringfence/core/message";

export type Session = {
  memberId: string;
  organizationId: OrganizationId;
  role: Role;
  sellerIds: readonly SellerId[];
  locale: Locale;
  /** IANA name. */
  zone: string;
};

/** Stands in for next-auth's session in this example. */
export async function currentSession(): Promise<Session | null> {
  return null;
}
