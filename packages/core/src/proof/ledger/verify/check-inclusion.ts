import { utf8ToBytes } from "@noble/hashes/utils.js";
import type { Message } from "../../../platform/message/index.ts";
import type { ProvenStatement } from "./certificate.ts";
import { type Statement, createLeaf, isSignedStatement, readStatement } from "../read-statement.ts";
import { type NoteSigner, readNote } from "../note.ts";
import type { Policy } from "../policy.ts";
import { checkTlogProof, readTlogProof } from "../tlog-proof.ts";

export type SignedStatementResult =
  | { statement: Statement; fault?: never }
  | { fault: Message; statement?: never };

/**
 * Reads a statement and checks that the key in its header signed it, with all it shows. Whose key that is, the
 * caller has to check.
 */
export function readSignedStatement(text: string): SignedStatementResult {
  const { statement, fault } = readStatement(text);
  if (fault) return { fault };
  return isSignedStatement(statement)
    ? { statement }
    : { fault: { key: "verify.signature-wrong", values: { key: statement.header.kid } } };
}

/** Where the log holds a statement: `index` from 0, in a log of `size` entries; or why that is not proven. */
export type Inclusion =
  | { index: number; size: number; origin: string; witnesses: NoteSigner[]; fault?: never }
  | { fault: Message; witnesses?: never };

/**
 * Checks that the policy's log contains a statement, and returns which witnesses of the policy signed the checkpoint.
 * The caller decides whether they are enough. `isStrict`: the checkpoint must have no signature besides valid ones of
 * the policy's keys.
 */
export function checkInclusion(
  { jwt }: Statement,
  { leaf, proof }: Pick<ProvenStatement, "leaf" | "proof">,
  policy: Policy,
  isStrict: boolean,
): Inclusion {
  const entry = createLeaf(jwt);
  if (new TextDecoder().decode(entry) !== leaf || !isSameBytes(entry, utf8ToBytes(leaf))) {
    return { fault: { key: "verify.leaf-wrong" } };
  }
  const keys = [...policy.logs, ...policy.witnesses];
  const checked = checkTlogProof(proof ?? "", entry, keys);
  if (!checked.ok) return { fault: { key: proofFaultKeys[checked.fault] } };

  const stranger = isStrict && findUnknownSigner(proof ?? "", checked.signers);
  if (stranger) return { fault: { key: "verify.signer-unknown", values: { name: stranger } } };
  const { checkpoint, index, signers } = checked;
  const witnesses = signers.filter(({ key }) => key.type === "witness");
  return { index, size: checkpoint.size, origin: checkpoint.origin, witnesses };
}

const proofFaultKeys = {
  "no-proof": "verify.proof-broken",
  "not-included": "verify.not-included",
  "no-checkpoint": "verify.checkpoint-broken",
  "other-log": "verify.other-log",
  "not-signed": "verify.checkpoint-not-signed",
} as const;

/** Finds the name on a signature that is not one of these valid ones; null if there is none. */
function findUnknownSigner(proof: string, signers: readonly NoteSigner[]): string | null {
  const note = readNote(readTlogProof(proof)?.checkpoint ?? "");
  const validNames = new Set(signers.map(({ key }) => key.name));
  const lines = note?.signatures ?? [];
  const stranger = lines.find(({ name }) => !validNames.has(name));
  if (stranger) return stranger.name;
  return lines.length > signers.length ? (lines.at(-1)?.name ?? null) : null;
}

const isSameBytes = (one: Uint8Array, other: Uint8Array) =>
  one.length === other.length && one.every((byte, index) => byte === other[index]);
