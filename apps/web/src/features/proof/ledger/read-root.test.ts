import { expect, it } from "vitest";
import { readRoot } from "./read-root";

const root = Buffer.alloc(32, 7);
const note = `log.example\n5\n${root.toString("base64")}\n\n— log.example AAAAAAEC\n`;

it("reads the root hash from a stored checkpoint", () => {
  const found = readRoot({ note });
  expect(found && Buffer.from(found).equals(root)).toBe(true);
});

it.each([
  ["an empty note", ""],
  ["a note that was cut off", note.slice(0, -1)],
  ["a size that is no number", note.replace("\n5\n", "\nfive\n")],
  ["a hash that is too short", note.replace(root.toString("base64"), "AAAA")],
])("returns null for a damaged note: %s", (_, damaged) => {
  expect(readRoot({ note: damaged })).toBeNull();
});
