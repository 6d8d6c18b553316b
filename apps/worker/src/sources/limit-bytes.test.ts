import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { expect, it } from "vitest";
import { limitBytes } from "./limit-bytes.ts";

const list = "818,5550100\n818,5550101\n";

const limited = (size: number) =>
  buffer(
    Readable.from([Buffer.from(list.slice(0, 12)), Buffer.from(list.slice(12))]).compose(
      limitBytes({ file: "a.txt", size }),
    ),
  );

it("passes on a file that is as long as it was listed", async () => {
  expect(String(await limited(list.length))).toBe(list);
});

it.each([
  ["source.file-cut-off", list.length + 12],
  ["source.changed-while-read", list.length - 12],
])(
  "ends with %s where %i bytes were listed, for it may be whole the next time",
  async (key, size) => {
    await expect(limited(size)).rejects.toMatchObject({
      explanation: { key, values: { file: "a.txt" } },
      isTransient: true,
    });
  },
);
