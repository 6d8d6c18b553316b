import { ed25519 } from "@noble/curves/ed25519.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import fc from "fast-check";
import { expect, it } from "vitest";
import { aSigner } from "../../../testing/ledger.ts";
import { writeCheckpoint } from "./checkpoint.ts";
import { createLeaf } from "./read-statement.ts";
import { computeTreeHead, hashLeaf, proveInclusion } from "./merkle.ts";
import type { NoteKey } from "../../platform/note-key.ts";
import { cosignatureText, encodeTimedSignature } from "./note.ts";
import { checkTlogProof, readTlogProof, writeSpicy, writeTlogProof } from "./tlog-proof.ts";

const origin = "ledger.example/ringfence";
const log = aSigner(origin, "log", 1);
const witness = aSigner("witness.example", "witness", 2);
const at = new Date("2026-11-25T12:00:00Z");

/** The proof of one of some statements, under a checkpoint that the log and a witness signed. */
const proofs = fc
  .uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 20 })
  .chain((jwts) => fc.record({ jwts: fc.constant(jwts), index: fc.nat({ max: jwts.length - 1 }) }))
  .map(({ jwts, index }) => {
    const entries = jwts.map(createLeaf);
    const leaves = entries.map(hashLeaf);
    const text = writeCheckpoint({ origin, ...computeTreeHead(leaves) });
    const time = at.getTime() / 1_000;
    const cosignature = encodeTimedSignature(
      time,
      witness.sign(utf8ToBytes(cosignatureText(text, time))),
    );
    const lines = [log.line(log.sign(utf8ToBytes(text))), witness.line(cosignature)];
    const proof = { ...proveInclusion(leaves, index), checkpoint: `${text}\n${lines.join("")}` };
    return { proof, entry: entries[index] ?? new Uint8Array(), file: writeTlogProof(proof) };
  });

const keys: NoteKey[] = [log.key, witness.key];

it("is read as it was written, and proves the entry, who signed, and when", () => {
  fc.assert(
    fc.property(proofs, ({ proof, entry, file }) => {
      expect(readTlogProof(file)).toEqual(proof);
      expect(file).toBe(`c2sp.org/tlog-proof@v1\n${writeSpicy(proof)}`);
      expect(checkTlogProof(file, entry, keys)).toMatchObject({
        ok: true,
        index: proof.index,
        signers: [
          { key: log.key, at: null },
          { key: witness.key, at },
        ],
      });
    }),
  );
});

it("overlooks a line of extra data", () => {
  fc.assert(
    fc.property(proofs, ({ entry, file }) => {
      const extra = file.replace("@v1\n", "@v1\nextra AAEC\n");
      return checkTlogProof(extra, entry, keys).ok;
    }),
  );
});

it("rejects a proof with any changed character", () => {
  fc.assert(
    fc.property(proofs, fc.nat(), fc.constantFrom("A", "7", "\n", " "), (made, place, other) => {
      const ofTheLog = made.file.slice(0, made.file.indexOf("— witness"));
      const index = place % ofTheLog.length;
      fc.pre(ofTheLog[index] !== other);
      const spoiled = ofTheLog.slice(0, index) + other + ofTheLog.slice(index + 1);
      return !checkTlogProof(spoiled, made.entry, keys).ok;
    }),
    { numRuns: 300 },
  );
});

it("proves no other entry", () => {
  fc.assert(
    fc.property(proofs, ({ file }) => {
      const checked = checkTlogProof(file, createLeaf("what nobody said"), keys);
      expect(checked).toEqual({ ok: false, fault: "not-included" });
    }),
  );
});

it("is worth nothing without the log's own key, whoever else signed", () => {
  const stranger = aSigner(origin, "log", 3).key;
  fc.assert(
    fc.property(proofs, ({ entry, file }) => {
      const faults = [[witness.key], [stranger, witness.key]].map((keys) =>
        checkTlogProof(file, entry, keys),
      );
      expect(faults).toEqual([
        { ok: false, fault: "other-log" },
        { ok: false, fault: "not-signed" },
      ]);
    }),
  );
});

it("takes no signature of a key of small order", () => {
  const weak: NoteKey = { name: origin, type: "log", publicKey: new Uint8Array(32) };
  fc.assert(
    fc.property(proofs, ({ entry, file }) => !checkTlogProof(file, entry, [weak]).ok),
    { numRuns: 5 },
  );
  expect(ed25519.utils.isValidPublicKey(weak.publicKey, true)).toBe(true);
});
