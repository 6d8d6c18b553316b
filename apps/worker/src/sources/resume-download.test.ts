import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { createSourceOptions } from "../../testing/source-options.ts";
import { serve } from "../../testing/serve.ts";
import { download } from "./download.ts";

const list = "818,5550100\n";
const long = Array.from(
  { length: 20_000 },
  (_, n) => `818,555${String(n).padStart(4, "0")}\n`,
).join("");

/** A server that breaks off after some bytes, several times; it serves `content(asked)`. */
async function breaking(times: number, content: (asked: number) => { etag: string; text: string }) {
  let asked = 0;
  const server = await serve((request, response) => {
    const { etag, text } = content(asked);
    const [, from = "0"] = /^bytes=(\d+)-$/.exec(request.headers.range ?? "") ?? [];
    const isRest = request.headers["if-range"] === etag && from !== "0";
    const rest = isRest ? text.slice(Number(from)) : text;
    response.writeHead(isRest ? 206 : 200, {
      etag,
      "accept-ranges": "bytes",
      "content-length": rest.length,
      ...(isRest && { "content-range": `bytes ${from}-${text.length - 1}/${text.length}` }),
    });
    if (asked++ < times) response.write(rest.slice(0, 70_000), () => request.socket.end());
    else response.end(rest);
  });
  return { ...server, read: () => readWhole(server) };
}

async function readWhole({ url, host }: { url: string; host: string }) {
  const { files, close } = await download({ kind: "http", url }, createSourceOptions(host));
  if (files === "unchanged") throw new Error(files);
  const text = await readFile(files[0]?.path ?? "", "utf8");
  await close();
  return text;
}

it("resumes where a connection broke off", async () => {
  const { read, asked } = await breaking(2, () => ({ etag: '"7"', text: long }));
  expect((await read()) === long).toBe(true);
  expect(asked.map(({ headers }) => headers["if-range"])).toEqual([undefined, '"7"', '"7"']);
  expect(asked[1]?.headers.range).toMatch(/^bytes=[1-9]\d*-$/);
});

it("starts over if the file has changed meanwhile", async () => {
  const { read } = await breaking(1, (asked) => ({
    etag: `"${asked}"`,
    text: asked ? list : long,
  }));
  expect(await read()).toBe(list);
});

it("gives up after a while", async () => {
  const { read, asked } = await breaking(99, () => ({ etag: '"7"', text: long.repeat(10) }));
  await expect(read()).rejects.toMatchObject({
    explanation: { key: "source.unreachable" },
    isTransient: true,
  });
  expect(asked).toHaveLength(6);
});
