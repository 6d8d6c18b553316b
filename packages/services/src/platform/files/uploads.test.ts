import { createHash } from "node:crypto";
import { mkdtemp, readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { FileName } from "./file-name.ts";
import { openFiles } from "./open-files.ts";
import { verifyUpload } from "./uploads.ts";

const text = "+12145550142\n+12145550143\n";
const declared = { bytes: text.length, sha256: sha256(text) };
const name = FileName.parse("org/registries/one.list");

function sha256(content: string) {
  return createHash("sha256").update(content).digest();
}

async function* pieces(content: string, size = 5) {
  for (let at = 0; at < content.length; at += size) yield Buffer.from(content.slice(at, at + size));
}

/** Saves an upload, and returns the files that are there afterwards. */
async function save(content: AsyncIterable<Uint8Array>) {
  const folder = await mkdtemp(path.join(tmpdir(), "ringfence-upload-"));
  const files = openFiles(folder);
  const saving = files.write(name, content);
  const bytes = await saving.catch((error: unknown) => error);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return { bytes, saved: entries.filter((entry) => entry.isFile()).map((entry) => entry.name) };
}

it("passes on a file that arrived whole", async () => {
  expect(await save(verifyUpload(pieces(text), declared))).toEqual({
    bytes: text.length,
    saved: ["one.list"],
  });
  const empty = { bytes: 0, sha256: sha256("") };
  expect(await save(verifyUpload(pieces(""), empty))).toMatchObject({ bytes: 0 });
  expect(await save(verifyUpload(pieces(text), { ...declared, bytes: null }))).toMatchObject({
    bytes: text.length,
  });
});

it.each([
  [
    "is cut off at the end of a line",
    text.slice(0, 13),
    declared,
    { key: "error.upload-cut-off", values: { received: 13, declared: 26 } },
  ],
  [
    "never came",
    "",
    declared,
    { key: "error.upload-cut-off", values: { received: 0, declared: 26 } },
  ],
  [
    "has a line more",
    `${text}+12145550144\n`,
    declared,
    { key: "error.upload-longer", values: { declared: 26 } },
  ],
  ["has another digit", text.replace("0143", "0144"), declared, { key: "error.upload-differs" }],
  [
    "is cut off, where only its hash was declared",
    text.slice(0, 13),
    { ...declared, bytes: null },
    { key: "error.upload-differs" },
  ],
  ["was not declared", text, null, { key: "error.upload-undeclared" }],
])("saves nothing of a file that %s", async (_, came, expected, explanation) => {
  expect(await save(verifyUpload(pieces(came), expected))).toMatchObject({
    bytes: { code: "invalid", explanation, path: "/file" },
    saved: [],
  });
});
