import type { Actor } from "@ringfence/core/platform/access";

/**
 * An actor as rows keep it. `id` is that of the member, key, form or phone, the name of the job, or the page of the
 * visitor.
 */
export type StoredActor = { type: string; id: string; subjectId?: string; code?: string };

/**
 * Converts an actor to the form that rows keep: its type and id, without permissions. For a person who typed a code it
 * keeps how the code reached them, because a member who handed it out could have typed it too.
 */
export function toStoredActor(actor: Actor): StoredActor {
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
      return {
        type: actor.type,
        id: actor.phoneId,
        ...(actor.code !== undefined && { code: actor.code }),
      };
    case "visitor":
      return { type: actor.type, id: actor.page };
  }
}

/** True if a row stores this actor: the type and the id are the same. How a code reached a person does not matter. */
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
