import { once } from "node:events";
import { readFile } from "node:fs/promises";
import type { RequestListener, ServerResponse } from "node:http";
import { createServer } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { createSourceOptions } from "../../testing/source-options.ts";
import { serve } from "../../testing/serve.ts";
import { download as downloadFrom } from "./download.ts";
import type { SourceRequest } from "./publication.ts";

const list = "818,5550100\n";
const download = (url: string, sourceRequest: SourceRequest) =>
  downloadFrom({ kind: "http", url }, sourceRequest);
const sendList: RequestListener = (_, response) => response.end(list);
const aFault = (key: string, isTransient = false) => ({ explanation: { key }, isTransient });

async function scene(answer: (response: ServerResponse, path: string) => void) {
  const { host, url, asked } = await serve((request, response) =>
    answer(response, request.url ?? ""),
  );
  return {
    host,
    url,
    asked,
    download: (more?: Partial<SourceRequest>) => download(url, createSourceOptions(host, more)),
  };
}

it("keeps a file until it is closed, with its validators", async () => {
  const { download } = await scene((response) => {
    response.writeHead(200, { etag: '"7"', "last-modified": "Wed, 05 Aug 2026 00:00:00 GMT" });
    response.end(list);
  });
  const { files, validators, close } = await download();

  if (files === "unchanged") throw new Error(files);
  const [{ name, path } = { name: "", path: "" }] = files;
  expect(name).toBe("2026-8-5_818_A.txt");
  expect(await readFile(path, "utf8")).toBe(list);
  expect(validators).toEqual({ etag: '"7"', lastModified: "Wed, 05 Aug 2026 00:00:00 GMT" });
  await close();
  await expect(readFile(path)).rejects.toMatchObject({ code: "ENOENT" });
});

it('requests only newer files, and accepts "not modified"', async () => {
  const { download, asked } = await scene((response) => response.writeHead(304).end());
  const known = { etag: '"7"', lastModified: "Wed, 05 Aug 2026 00:00:00 GMT" };

  expect(await download({ known })).toMatchObject({ files: "unchanged", validators: known });
  expect(asked[0]?.headers).toMatchObject({
    "if-none-match": known.etag,
    "if-modified-since": known.lastModified,
  });
});

it("rejects that answer if it sent no validators", async () => {
  const { download } = await scene((response) => response.writeHead(304).end());
  await expect(download()).rejects.toMatchObject(aFault("source.status"));
});

it("follows redirects", async () => {
  const { download } = await scene((response, path) => {
    if (path === "/new") response.end(list);
    else response.writeHead(302, { location: "/new" }).end();
  });
  const { files, close } = await download();
  expect(files).toHaveLength(1);
  await close();
});

it("follows a limited number of redirects, and only to web addresses", async () => {
  const endless = await scene((response) => response.writeHead(302, { location: "/again" }).end());
  await expect(endless.download()).rejects.toMatchObject(aFault("source.redirects"));

  const file = await scene((response) =>
    response.writeHead(302, { location: "file:///etc/passwd" }).end(),
  );
  await expect(file.download()).rejects.toMatchObject(aFault("source.insecure-redirect"));
});

it.each([
  [404, false],
  [403, false],
  [206, false],
  [429, true],
  [503, true],
])("reads %i as a missing file; transient: %s", async (status, isTransient) => {
  const { download } = await scene((response) => response.writeHead(status).end("no"));
  await expect(download()).rejects.toMatchObject(aFault("source.status", isTransient));
});

it("notices when less arrives than was promised", async () => {
  const { download } = await scene((response) => {
    response.writeHead(200, { "content-length": 1_000 });
    response.write(list, () => response.destroy());
  });
  await expect(download()).rejects.toMatchObject(aFault("source.unreachable", true));
});

it("rejects an answer that ends with its connection, unless a checksum proves it whole", async () => {
  const { url, host } = await untold();
  await expect(download(url, createSourceOptions(host))).rejects.toMatchObject(
    aFault("source.length-unknown"),
  );
  const checksumUrl = `${url}.sha256`;
  const publication = await downloadFrom(
    { kind: "http", url, checksumUrl },
    createSourceOptions(host),
  );
  expect(publication.files).toHaveLength(2);
  await publication.close();
});

/** A server that never says how long its answer is, and ends it by hanging up. */
async function untold() {
  const server = createServer((socket) => {
    socket.once("data", () => socket.end(`HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n${list}`));
    socket.on("error", () => {});
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => void server.close());
  const address = server.address();
  const host = `127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  return { host, url: `http://${host}/2026-8-5_818_A.txt` };
}

it("rejects encodings that it cannot read", async () => {
  const { download } = await scene((response) =>
    response.writeHead(200, { "content-encoding": "gzip" }).end(list),
  );
  await expect(download()).rejects.toMatchObject(aFault("source.encoded"));
});

it("reports that nobody answers", async () => {
  const { host, url } = await serve((_, response) => response.destroy());
  await expect(download(url, createSourceOptions(host))).rejects.toMatchObject(
    aFault("source.unreachable", true),
  );
});

it("stops when it is aborted", async () => {
  const { host, url } = await serve((_, response) => response.write(list));
  const stopping = new AbortController();
  const downloading = download(url, createSourceOptions(host, { signal: stopping.signal }));
  stopping.abort();
  await expect(downloading).rejects.toBeInstanceOf(Error);
});

it("does not reach into a private network by address, by name or by a redirect", async () => {
  const inside = await serve(sendList);
  const port = inside.host.split(":")[1] ?? "";
  const gate = await serve((_, response) =>
    response.writeHead(302, { location: `http://localhost:${port}/` }).end(),
  );
  const reaching = [
    download(inside.url, createSourceOptions("")),
    download(`http://localhost:${port}/`, createSourceOptions("")),
    download(`http://[::1]:${port}/`, createSourceOptions("")),
    download(`http://0x7f.1:${port}/`, createSourceOptions("")),
    download(gate.url, createSourceOptions(gate.host)),
  ];
  for (const outcome of await Promise.allSettled(reaching)) {
    expect(outcome).toMatchObject({ reason: aFault("source.private-host") });
  }
  expect(inside.asked).toEqual([]);
});

it("rejects a password in an address", async () => {
  const { host } = await serve(sendList);
  await expect(
    download(`http://ada:secret@${host}/`, createSourceOptions(host)),
  ).rejects.toMatchObject(aFault("source.credentials"));
});

it("signs in only at the configured host", async () => {
  const elsewhere = await serve(sendList);
  const { url, host, asked } = await serve((_, response) =>
    response.writeHead(302, { location: elsewhere.url }).end(),
  );
  const settings = { registriesFolder: null, privateHosts: [host, elsewhere.host] };
  const { close } = await downloadFrom(
    { kind: "http", url, user: "ada" },
    createSourceOptions(host, { secret: "пароль", settings }),
  );
  await close();
  const credentials = Buffer.from("ada:пароль").toString("base64");
  expect(asked[0]?.headers.authorization).toBe(`Basic ${credentials}`);
  expect(elsewhere.asked[0]?.headers.authorization).toBeUndefined();
});

it("fetches the publisher's checksum", async () => {
  const { url, host } = await serve((request, response) =>
    response.end(request.url === "/sum" ? "f".repeat(64) : list),
  );
  const source = { kind: "http", url, checksumUrl: `http://${host}/sum` } as const;
  const { files, close } = await downloadFrom(source, createSourceOptions(host));
  if (files === "unchanged") throw new Error(files);
  expect(files.map(({ name }) => name)).toEqual([
    "2026-8-5_818_A.txt",
    "2026-8-5_818_A.txt.sha256",
  ]);
  expect(await readFile(files[1]?.path ?? "", "utf8")).toBe("f".repeat(64));
  await close();
});
