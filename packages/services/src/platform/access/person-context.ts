import type { Actor } from "@ringfence/core/platform/access";
import { type OrganizationId, PhoneId } from "@ringfence/core/ids";
import type { Installation, RootContext, ServiceContext } from "../context.ts";

/** Context in which the person of a phone acts for themselves. */
export type PersonContext = RootContext & { actor: Extract<Actor, { type: "person" }> };

/**
 * Creates the context of a person who came by our link or code. `hasProvedPhone` is true if a code was sent to the phone
 * itself, and they typed it.
 */
export const createPersonContext = (
  installation: Installation,
  organizationId: OrganizationId,
  phoneId: string,
  proof: { hasProvedPhone?: boolean } = {},
): PersonContext => ({
  ...installation,
  organizationId,
  actor: { type: "person", phoneId: PhoneId.parse(phoneId), ...proof },
});

/** Returns the phone of the acting person. */
export function requirePersonPhone({ actor }: Pick<ServiceContext, "actor">): PhoneId {
  if (actor.type !== "person") throw new Error("a person acts for themselves");
  return actor.phoneId;
}
