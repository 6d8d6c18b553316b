import { StoredMessage, storedMessage } from "../../platform/message/index.ts";
import type { Found } from "./judge-call.ts";
import { ViolationCause } from "./violation-cause.ts";
import { z } from "zod";

/** A cause as a row keeps it. */
export const StoredCause = z.object({
  cause: ViolationCause,
  message: StoredMessage,
  rule: z.string().optional(),
  citation: z.string().optional(),
  registry: z.string().optional(),
  missing: z.array(z.string()).readonly().optional(),
  since: z.coerce.date().optional(),
  until: z.coerce.date().optional(),
});
export type StoredCause = z.infer<typeof StoredCause>;

export const toStore = (causes: Found["causes"]) =>
  causes.map(({ message, ...cause }) => ({ ...cause, message: storedMessage(message) }));
