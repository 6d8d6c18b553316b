import { z } from "zod";
import document from "../../../data/storage-limits.json" with { type: "json" };
import { RetentionKind } from "./retention.ts";

const StorageLimit = z
  .strictObject({
    id: z.string(),
    place: z.string(),
    kinds: z.array(RetentionKind),
    /** Null: the law names no number, only a principle. */
    days: z.int().positive().nullable(),
    says: z.strictObject({ en: z.string(), ru: z.string() }),
    citation: z.string(),
    sources: z.array(z.url()).min(1),
    quote: z.string().nullable(),
    mark: z.enum(["A", "B", "C"]),
    settled_by: z.string().optional(),
    read_on: z.iso.date(),
  })
  .refine(({ mark, quote }) => mark !== "A" || quote !== null, "Mark A needs the words of the law");
export type StorageLimit = z.infer<typeof StorageLimit>;

/** Laws and authorities that say how long personal data may be kept at most. They are shown; no program can check them. */
export const storageLimits: readonly StorageLimit[] = z
  .strictObject({
    schema: z.literal("storage-limits/1.0"),
    as_of: z.iso.date(),
    disclaimer: z.string(),
    limits: z.array(StorageLimit),
  })
  .parse(document).limits;
