import { RegistryEditionId } from "@ringfence/core/ids";
import { StoredMessage } from "@ringfence/core/message";
import { z } from "zod";

const count = z.bigint().transform(Number);

/** An edition as people see it. */
export const EditionView = z.object({
  id: RegistryEditionId,
  /** Its place among those that were applied. */
  number: z.int().nullable(),
  status: z.enum(["applied", "held", "accepted", "rejected"]),
  kind: z.enum(["full", "change"]),
  sha256: z.string(),
  lines: count,
  bytes: count,
  listed: count,
  added: count,
  removed: count,
  /** The publisher's own date, `2026-08-05`. */
  publishedOn: z
    .date()
    .transform((day) => day.toISOString().slice(0, 10))
    .nullable(),
  readAt: z.date(),
  /** Why a person had, or has, to look at it. */
  fault: StoredMessage.nullable(),
});
export type EditionView = z.infer<typeof EditionView>;
