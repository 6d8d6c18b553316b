import { utf8ToBytes } from "@noble/hashes/utils.js";
import { expect, it } from "vitest";
import { readNoteKey, writeNoteKey } from "../../platform/note-key.ts";
import { aSigner } from "../../../testing/ledger.ts";
import { cosignatureText, encodeTimedSignature, findSigners, readNote, writeNote } from "./note.ts";

/** The example of Go's package golang.org/x/mod/sumdb/note. */
const vkey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const signed =
  "If you think cryptography is the answer to your problem,\n" +
  "then you don't know what your problem is.\n" +
  "\n" +
  "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

const key = readNoteKey(vkey);
if (key === null) throw new Error("the key of the example is none");

it("agrees with Go on a key and on a note", () => {
  const note = readNote(signed);
  expect(writeNoteKey(key)).toBe(vkey);
  expect(note && writeNote(note)).toBe(signed);
  expect(note && findSigners(note, [key])).toEqual([{ key, at: null }]);
});

it.each([
  ["a changed text", signed.replace("know", "knew")],
  ["another name", signed.replace("— PeterNeumann", "— PeterNewmann")],
  ["a changed signature", signed.replace("RRZb6KE", "RRZb6KF").replace("nAM=", "nAI=")],
])("takes %s for unsigned", (_, text) => {
  const note = readNote(text);
  expect(note && findSigners(note, [key])).toEqual([]);
});

it("overlooks lines of keys that it does not know", () => {
  const note = readNote(`${signed}— witness.example AAAAAAEC\n`);
  expect(note?.signatures).toHaveLength(2);
  expect(note && findSigners(note, [key])).toHaveLength(1);
});

it("reads the time of a witness, or null if no date can hold it", () => {
  const witness = aSigner("witness.example", "witness", 3);
  const text = "a checkpoint\n";
  const times = [1_780_000_000, 8.64e12 + 1].map((seconds) => {
    const signature = witness.sign(utf8ToBytes(cosignatureText(text, seconds)));
    const line = witness.line(encodeTimedSignature(seconds, signature));
    const note = readNote(`${text}\n${line}`);
    return note && findSigners(note, [witness.key]).map(({ at }) => at);
  });
  expect(times).toEqual([[new Date("2026-05-28T20:26:40Z")], [null]]);
});

it.each([
  ["no signature", "text\n\n"],
  ["no empty line", signed.replace("\n\n", "\n")],
  ["no end of line", signed.slice(0, -1)],
  ["a carriage return", signed.replace("problem,\n", "problem,\r\n")],
  ["a line that is no signature", `${signed}PeterNeumann\n`],
  ["a signature that is not base64", signed.replace("x08go", "x08g*")],
  ["a hundred signatures and one", signed + "— a AAAAAAEC\n".repeat(100)],
])("reads nothing into a note with %s", (_, text) => {
  expect(readNote(text)).toBeNull();
});

it.each([
  ["another's id", vkey.replace("c74f20a3", "c74f20a4")],
  ["another type", "PeterNeumann+c74f20a3+Ahpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"],
  ["too few bytes", vkey.slice(0, -4)],
  ["a space in its name", vkey.replace("PeterN", "Peter N")],
])("reads nothing into a key with %s", (_, text) => {
  expect(readNoteKey(text)).toBeNull();
});
