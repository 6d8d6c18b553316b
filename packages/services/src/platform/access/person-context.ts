import type { Actor } from "@ringfence/core/platform/access";
import { type OrganizationId, PhoneId } from "@ringfence/core/ids";
import type { Installation, RootContext, ServiceContext } from "../context.ts";

/** Context in which the person of a phone acts for themselves. */
export type PersonContext = RootContext & { actor: Extract<Actor, { type: "person" }> };

/**
 * Creates the context of a person who used our link or code; the caller has checked it. `by` says how a code had
 * reached them, and is left out for a link.
 */
export const createPersonContext = (
  installation: Installation,
  organizationId: OrganizationId,
  phoneId: string,
  by: Pick<PersonContext["actor"], "code"> = {},
): PersonContext => ({
  ...installation,
  organizationId,
  actor: { type: "person", phoneId: PhoneId.parse(phoneId), ...by },
});

/** Returns the acting person. Throws for any other actor, which is a bug of the caller. */
export function requirePerson({ actor }: Pick<ServiceContext, "actor">): PersonContext["actor"] {
  if (actor.type !== "person") throw new Error("a person acts for themselves");
  return actor;
}

/** Returns the phone of the acting person. */
export const requirePersonPhone = (ctx: Pick<ServiceContext, "actor">): PhoneId =>
  requirePerson(ctx).phoneId;
