import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { generated, listValues } from "./message-types.ts";

it.each(Object.entries(generated))("%s is current: run `pnpm messages`", (file, write) => {
  expect(readFileSync(new URL(`../${file}`, import.meta.url), "utf8")).toBe(write());
});

it("lists the values of a text, also inside its choices", () => {
  const text =
    "<b>{who}</b> {n, plural, one {{n}} other {# {kind, select, a {{at, date}} other {}}}}";
  expect(Object.fromEntries(listValues(text, { ignoreTag: false }))).toEqual({
    b: "tag",
    who: "text",
    n: "number",
    kind: "text",
    at: "date",
  });
});
