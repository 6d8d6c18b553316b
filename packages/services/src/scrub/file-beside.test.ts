import { createHash } from "node:crypto";
import { expect, it, vi } from "vitest";
import { type Classified, openFileBeside } from "./file-beside.ts";
import { planFile } from "./plan-file.ts";

const plan = planFile(Buffer.from("phone\n"), true, { header: true, phoneColumn: "1" }, "US");
const planned = { plan, invalidEnding: Buffer.from(",refuse,number-invalid,,ID.") };

async function* chunksOf(...texts: string[]) {
  for (const text of texts) yield Buffer.from(text);
}

const allOfClass = (numbers: Float64Array): Classified => ({
  classes: new Int32Array(numbers.length),
  newEndings: [],
});

const ofNoClass = (): Classified => ({ classes: Int32Array.of(7), newEndings: [] });

const failing = () => {
  throw new Error("no registry");
};

async function* broken() {
  yield Buffer.from("phone\n12\n");
  throw new Error("disk gone");
}

async function resultOf(
  content: AsyncIterable<Uint8Array>,
  classify: (numbers: Float64Array) => Classified = allOfClass,
) {
  const written: Uint8Array[] = [];
  const file = openFileBeside(content, planned);
  try {
    for await (const done of file.screened(classify)) {
      if ("hashes" in done) return { text: Buffer.concat(written).toString(), hashes: done.hashes };
      written.push(done.written);
    }
  } finally {
    await file.stop();
  }
  throw new Error("it never came to an end");
}

it("answers with what it is to answer alone under `node --watch` too", async () => {
  vi.stubEnv("WATCH_REPORT_DEPENDENCIES", "1");
  const { text, hashes } = await resultOf(chunksOf("pho", "ne\n12", "\n"));
  vi.unstubAllEnvs();

  expect(text).toBe(
    "phone,verdict,reasons,callable_from,screening_id\n12,refuse,number-invalid,,ID.1\n",
  );
  expect(Buffer.from(hashes.input)).toEqual(createHash("sha256").update("phone\n12\n").digest());
  expect(Buffer.from(hashes.result)).toEqual(createHash("sha256").update(text).digest());
});

it("fails with what fails here, while the thread reads on", async () => {
  await expect(resultOf(chunksOf("phone\n12\n"), failing)).rejects.toThrow("no registry");
});

it("fails with the file that cannot be read on", async () => {
  await expect(resultOf(broken())).rejects.toThrow("disk gone");
});

it("fails where its thread fails", async () => {
  await expect(resultOf(chunksOf("phone\n12\n"), ofNoClass)).rejects.toThrow(
    "row 1 has no verdict",
  );
});

function aLongFile() {
  let asked = 0;
  async function* endless() {
    for (;;) {
      asked++;
      yield Buffer.from("phone\n".repeat(100_000));
    }
  }
  return { file: openFileBeside(endless(), planned), asked: () => asked };
}

it("reads no further when nobody takes the result", async () => {
  const { file, asked } = aLongFile();
  await file.screened(allOfClass).next();
  await file.stop();
  const before = asked();
  await new Promise(setImmediate);
  expect(asked()).toBe(before);
});

it("reads ahead before anybody asks, as far as half a gigabyte holds", async () => {
  const { file, asked } = aLongFile();
  // A row of six bytes takes 38 in memory; so much of it is read, and what lies unread before it.
  const most = (512 * 1_024 * 1_024) / (100_000 * 38) + 20;
  let before = 0;
  const isStill = () => {
    const last = before;
    before = asked();
    expect([before > most / 2, before]).toEqual([true, last]);
  };
  await vi.waitFor(isStill, { interval: 500, timeout: 20_000 });
  await file.stop();
  expect(before).toBeLessThan(most);
});
