import type { Actor } from "@ringfence/core/platform/access";
import { type OrganizationId, PhoneId } from "@ringfence/core/ids";
import type { Installation, RootContext, ServiceContext } from "../context.ts";

/** Context in which the person of a phone acts for themselves. */
export type PersonContext = RootContext & { actor: Extract<Actor, { type: "person" }> };

/** Creates the context of a person who has proven with our link or code that the phone is theirs. */
export const createPersonContext = (
  installation: Installation,
  organizationId: OrganizationId,
  phoneId: string,
): PersonContext => ({
  ...installation,
  organizationId,
  actor: { type: "person", phoneId: PhoneId.parse(phoneId) },
});

/** Returns the phone of the acting person. */
export function requirePersonPhone({ actor }: Pick<ServiceContext, "actor">): PhoneId {
  if (actor.type !== "person") throw new Error("a person acts for themselves");
  return actor.phoneId;
}
