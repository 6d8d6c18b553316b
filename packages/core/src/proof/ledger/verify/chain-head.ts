import { z } from "zod";
import { type StatementKeys, readJws } from "./jws.ts";

export const CHAIN_HEAD_TYPE = "ringfence-chain-head+jwt";

/** Names the last statement about a subject at a given time. Contains no personal data. */
export const ChainHead = z.strictObject({
  iss: z.string(),
  /** The time at which it was the last, in seconds that a date can hold. */
  iat: z.int().nonnegative().max(8.64e12),
  /** Sequence number of the last statement. */
  sequence: z.int().positive(),
  /** SHA-256 of that statement's JWT in base64url, the same value that the next statement refers to. */
  head: z.string(),
  /** Latest checkpoint of the log at that time; null before the first. */
  checkpoint: z.strictObject({ origin: z.string(), size: z.int(), root: z.string() }).nullable(),
});
export type ChainHead = z.infer<typeof ChainHead>;

export type ChainHeadResult =
  | { head: ChainHead; fault?: never }
  | { fault: "not-signed" | "other-key"; head?: never };

/** Reads the head of a chain, if a key that counts signed it. The fault `not-signed` includes a malformed JWS. */
export function readChainHead(jws: string, keys: StatementKeys): ChainHeadResult {
  const { payload, fault } = readJws(jws, CHAIN_HEAD_TYPE, keys);
  if (fault) return { fault };
  const { data: head } = ChainHead.safeParse(payload);
  return head ? { head } : { fault: "not-signed" };
}
