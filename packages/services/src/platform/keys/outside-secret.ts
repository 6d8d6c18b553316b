import type { OrganizationId } from "@ringfence/core/ids";
import type { Keys } from "./keys.ts";

/** Sealing purpose of secrets that are shared with outside systems. */
const sealedForOutside = (organizationId: OrganizationId) => ({
  organizationId,
  purpose: "outside",
});

type Sealer = Pick<Keys, "sealing">;

export const sealSecret = ({ sealing }: Sealer, organizationId: OrganizationId, text: string) =>
  sealing.seal(sealedForOutside(organizationId), text);

/** Opens a secret. Throws if it was not sealed for this organization by this installation. */
export function openSecret(
  { sealing }: Sealer,
  organizationId: OrganizationId,
  sealed: Uint8Array,
): string {
  const opened = sealing.open(sealedForOutside(organizationId), sealed);
  if (opened === null) throw new Error("a secret does not authenticate as sealed here, for it");
  return opened;
}
