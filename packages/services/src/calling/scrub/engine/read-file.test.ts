import { expect, it } from "vitest";
import { planFile } from "./plan-file.ts";
import { createRowReader } from "./read-file.ts";

const plan = planFile(Buffer.from("phone,note\n"), true, { header: true, phoneColumn: "1" }, "US");
const row = (n: number) => `+1212555${String(n % 10_000).padStart(4, "0")},${"x".repeat(100)}\n`;
const file = Buffer.from(
  `phone,note\n${Array.from({ length: 10_000 }, (_, n) => row(n)).join("")}`,
);

/** Reads pieces and returns the sizes of the stretches of rows, and all rows with their numbers. */
function readIn(pieces: readonly Uint8Array[]) {
  const reader = createRowReader(plan);
  const read = [...pieces.flatMap((piece) => [...reader.read(piece)]), ...reader.end()];
  const stretches = read.flatMap((some) => ("header" in some ? [] : [some]));
  return {
    sizes: stretches.map(({ rows }) => rows.bytes.length),
    text: Buffer.concat(stretches.map(({ rows }) => rows.bytes)).toString(),
    digits: stretches.flatMap(({ digits }) => [...digits]),
    firsts: stretches.map(({ first }) => first),
  };
}

it("processes a bounded number of rows at once, however large the chunk", () => {
  const whole = readIn([file]);
  expect(whole.sizes.length).toBeGreaterThan(3);
  expect(Math.max(...whole.sizes)).toBeLessThan(512 * 1_024);
});

it("reads the same rows from large and small chunks", () => {
  const small = Array.from({ length: Math.ceil(file.length / 777) }, (_, n) =>
    file.subarray(n * 777, (n + 1) * 777),
  );
  const [whole, parts] = [readIn([file]), readIn(small)];
  expect(whole.text).toBe(file.subarray(file.indexOf("\n") + 1).toString());
  expect(parts.text).toBe(whole.text);
  expect(parts.digits).toEqual(whole.digits);
  expect(whole.digits).toHaveLength(10_000);
  expect(whole.firsts[0]).toBe(1);
});
