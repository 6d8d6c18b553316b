import { z } from "zod";

/** A statement and what proves it; `proof` is null until the log holds it. */
export const ProvenStatement = z
  .strictObject({
    /** SD-JWT (RFC 9901), with the claims that are shown. */
    statement: z.string(),
    /** What stands in the log for it. */
    leaf: z.string(),
    /** C2SP tlog-proof: its place, the path, and the signed checkpoint. */
    proof: z.string().nullable(),
    /** RFC 3161 tokens over that checkpoint, base64. */
    timestamps: z.array(z.string()),
  })
  .meta({ id: "ProvenStatement" });
export type ProvenStatement = z.infer<typeof ProvenStatement>;

/**
 * All that is needed to check a statement without us. It holds nothing that is not either signed or
 * checked against what is: whatever is changed in it is found.
 */
export const Certificate = z
  .strictObject({
    format: z.literal("ringfence/certificate@v1"),
    ...ProvenStatement.shape,
    /** The text that the person was shown, whose hash is signed. */
    words: z.strictObject({ language: z.string(), text: z.string() }).nullable(),
    /**
     * Later statements about the same number. Those that concern this consent are shown in full; the others
     * show only their kind and their place in the chain.
     */
    later: z.array(ProvenStatement),
    /**
     * JWS in which the issuer states which statement was the last of the chain when the certificate was
     * made. Older certificates, and those that show no chain, have none.
     */
    chainHead: z.string().optional(),
    /** Whose signatures count (C2SP tlog-policy). */
    policy: z.string(),
  })
  .meta({ id: "Certificate" });
export type Certificate = z.infer<typeof Certificate>;
