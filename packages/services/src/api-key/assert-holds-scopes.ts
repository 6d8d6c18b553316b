import { holdsScope, Role, type Scope } from "@ringfence/core/access";
import { MemberId } from "@ringfence/core/ids";
import type { ServiceContext } from "../context.ts";
import { ServiceError } from "../errors.ts";

/** Refuses a member who may not do all that a key with these scopes may: a key reaches no further than its maker. */
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

/** The member who acts, as a key's maker; null where it is none of the organization's (the demo). */
export const makerIdOf = ({ actor }: ServiceContext): MemberId | null =>
  actor.type === "member" ? (MemberId.safeParse(actor.id).data ?? null) : null;
