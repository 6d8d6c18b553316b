import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { expect, it } from "vitest";
import { limitBytes } from "./temporary-files.ts";

const list = "818,5550100\n818,5550101\n";

const limited = (size: number) =>
  buffer(
    Readable.from([Buffer.from(list.slice(0, 12)), Buffer.from(list.slice(12))]).compose(
      limitBytes({ file: "a.txt", size }),
    ),
  );

it("passes on a file of its listed length", async () => {
  expect(String(await limited(list.length))).toBe(list);
});

it.each([
  ["source.file-cut-off", list.length + 12],
  ["source.changed-while-read", list.length - 12],
])(
  "ends with %s if %i bytes were listed, because the next attempt may be complete",
  async (key, size) => {
    await expect(limited(size)).rejects.toMatchObject({
      explanation: { key, values: { file: "a.txt" } },
      isTransient: true,
    });
  },
);
