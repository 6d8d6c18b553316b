import type { OrganizationId } from "@ringfence/core/ids";
import type { Keys } from "./keys.ts";

/** By which a system outside knows us, or we know it. */
const secretOf = (organizationId: OrganizationId) => ({ organizationId, purpose: "outside" });

type Sealer = Pick<Keys, "sealing">;

export const sealSecret = ({ sealing }: Sealer, organizationId: OrganizationId, text: string) =>
  sealing.seal(secretOf(organizationId), text);

/** Throws where it was not sealed for this organization, here. */
export function openSecret(
  { sealing }: Sealer,
  organizationId: OrganizationId,
  sealed: Uint8Array,
): string {
  const opened = sealing.open(secretOf(organizationId), sealed);
  if (opened === null) throw new Error("a secret does not authenticate as sealed here, for it");
  return opened;
}
