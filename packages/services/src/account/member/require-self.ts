import type { ServiceContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";

/** The id of the member who acts: what is one's own has to be somebody's. */
export function requireSelf({ actor }: ServiceContext): string {
  if (actor.type === "member") return actor.id;
  throw new ServiceError("forbidden", { key: "error.members-only" });
}
