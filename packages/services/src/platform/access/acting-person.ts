import type { PhoneId } from "@ringfence/core/ids";
import type { ServiceContext } from "../context.ts";

/** The phone of the person on whose behalf a verb runs. */
export function actingPerson({ actor }: Pick<ServiceContext, "actor">): PhoneId {
  if (actor.type !== "person") throw new Error("a person acts for themselves");
  return actor.phoneId;
}
