import type { Actor } from "@ringfence/core/platform/access";

/** Converts an actor to the form that rows keep: its type and id, without permissions. */
export function toStoredActor(actor: Actor): { type: string; id: string; subjectId?: string } {
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

/** True if the acting actor is the one that a row stores. */
export function isStoredActor(actor: Actor, stored: unknown): boolean {
  const { type, id } = toStoredActor(actor);
  return (
    typeof stored === "object" &&
    stored !== null &&
    "type" in stored &&
    stored.type === type &&
    "id" in stored &&
    stored.id === id
  );
}
