import { type Actor } from "@ringfence/core/platform/access";
import { actorOnRecord } from "./actor-on-record.ts";

/** Whether it was the one who acts now that a row has on record. */
export function isActor(actor: Actor, onRecord: unknown): boolean {
  const { type, id } = actorOnRecord(actor);
  const row: unknown = onRecord;
  return (
    typeof row === "object" &&
    row !== null &&
    "type" in row &&
    row.type === type &&
    "id" in row &&
    row.id === id
  );
}
