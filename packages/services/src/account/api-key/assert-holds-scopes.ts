import { holdsScope, Role, type Scope } from "@ringfence/core/platform/access";
import { MemberId } from "@ringfence/core/ids";
import type { ServiceContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";

/**
 * Refuses a member who may not do everything that a key with these scopes may. A key never reaches further
 * than its maker.
 */
export function assertHoldsScopes({ actor }: ServiceContext, scopes: readonly Scope[]): void {
  const index = scopes.findIndex(
    (scope) => actor.type !== "member" || !holdsScope(actor.role, scope),
  );
  const [scope] = scopes.slice(index, index + 1);
  if (index < 0 || scope === undefined) return;
  const roles = Role.options.filter((role) => holdsScope(role, scope)).join(", ");
  const explanation = { key: "api-key.scope-not-yours", values: { scope, roles } } as const;
  throw new ServiceError("forbidden", explanation, `/scopes/${index}`);
}

/**
 * Returns the acting member, to be saved as a key's maker. Null if the actor is not a member of the
 * organization (the demo).
 */
export const findMakerId = ({ actor }: ServiceContext): MemberId | null =>
  actor.type === "member" ? (MemberId.safeParse(actor.id).data ?? null) : null;
