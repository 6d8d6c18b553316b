import { expect, it } from "vitest";
import { readScreeningRef } from "./screening-request.ts";

const id = "0195a000-0000-7000-8000-00000000000a";

it("reads the id of a screening, and of a row of a scrub", () => {
  expect(readScreeningRef(id)).toEqual({ screeningId: id });
  expect(readScreeningRef(` ${id.toUpperCase()} `)).toEqual({ screeningId: id });
  expect(readScreeningRef(`${id}.1`)).toEqual({ scrubId: id, row: 1 });
  expect(readScreeningRef(`${id}.1200000`)).toEqual({ scrubId: id, row: 1_200_000 });
});

it.each([
  "",
  ".",
  "7",
  `${id}.`,
  `${id}.0`,
  `${id}.01`,
  `${id}.-1`,
  `${id}.1.2`,
  `${id}.1e3`,
  `x${id}`,
])("takes nothing else for one: %s", (text) => {
  expect(readScreeningRef(text)).toBeNull();
});
