import { EntryKind } from "@ringfence/core/proof/ledger";
import { z } from "zod";

/** The proof of one statement, complete: what it says, its leaf, and the leaf's place under a signature. */
export const ProofView = z
  .object({
    /** Of the entry. */
    id: z.string(),
    kind: EntryKind,
    /** It is on record; it is in the log; a witness has seen the log with it; a time stamp covers it. */
    state: z.enum(["accepted", "included", "witnessed", "timestamped"]),
    acceptedAt: z.date(),
    /** The issuer-signed JWT. */
    statement: z.string(),
    /** What stands in the log: the canonical JSON with the SHA-256 of the statement. */
    leaf: z.string(),
    index: z.int().optional(),
    /** C2SP tlog-proof: the path and the signed checkpoint. */
    proof: z.string().optional(),
    /** The same for `spicy-litetlog -verify`. */
    spicy: z.string().optional(),
    /** RFC 3161 tokens over the note of the checkpoint, base64. */
    timestamps: z.array(z.object({ tsa: z.string(), token: z.string() })).optional(),
    /** Of a screening: its record, and its place in the tree whose root the statement names (RFC 6962). */
    screening: z
      .object({ record: z.string(), index: z.int(), size: z.int(), path: z.array(z.string()) })
      .optional(),
  })
  .meta({ id: "Proof" });
export type ProofView = z.infer<typeof ProofView>;
