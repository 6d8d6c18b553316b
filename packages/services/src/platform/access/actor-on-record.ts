import type { Actor } from "@ringfence/core/platform/access";

/** Who it was, as a row says it for ever: not what they might have done beside. */
export function actorOnRecord(actor: Actor): { type: string; id: string; subjectId?: string } {
  switch (actor.type) {
    case "member":
    case "key":
    case "form":
      return { type: actor.type, id: actor.id };
    case "job":
      return {
        type: actor.type,
        id: actor.name,
        ...(actor.subjectId !== undefined && { subjectId: actor.subjectId }),
      };
    case "person":
      return { type: actor.type, id: actor.phoneId };
    case "visitor":
      return { type: actor.type, id: actor.page };
  }
}
