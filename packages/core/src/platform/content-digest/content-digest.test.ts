import { base64 } from "../base64.ts";
import { expect, it } from "vitest";
import { parseContentDigest } from "./content-digest.ts";

const digest = new Uint8Array(32).map((_, index) => index);
const sha256 = `sha-256=:${base64(digest)}:`;

it.each([
  ["alone", sha256],
  ["between others", `md5=:AAAA:, ${sha256} , sha-512=:AAAA:`],
])("reads the SHA-256 that stands %s", (_, header) => {
  expect(parseContentDigest(header)).toEqual(digest);
});

it.each([
  ["nothing", ""],
  ["another algorithm", "sha-512=:AAAA:"],
  ["a text instead of bytes", 'sha-256="AAAA"'],
  ["fewer bytes", "sha-256=:AAAA:"],
  ["more bytes", `sha-256=:${base64(new Uint8Array(33))}:`],
  ["no list of digests", `${sha256};;`],
])("reads no SHA-256 in %s", (_, header) => {
  expect(parseContentDigest(header)).toBeNull();
});
