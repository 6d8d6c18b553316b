import { type ServiceContext, ServiceError } from "../../platform/internal.ts";

/** Returns the id of the acting member. Throws `forbidden` if the actor is not a member. */
export function requireMemberId({ actor }: ServiceContext): string {
  if (actor.type === "member") return actor.id;
  throw new ServiceError("forbidden", { key: "error.members-only" });
}
