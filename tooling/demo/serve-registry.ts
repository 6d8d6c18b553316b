import { once } from "node:events";
import { createServer } from "node:http";
import { namedPeople } from "./people.ts";
import { makeZippedDncFile } from "./dnc-file.ts";

/** Serves a full list of one area code, zipped, as the national registry gives it out. */
export async function serveRegistry(): Promise<{ url: string; host: string; close: () => void }> {
  const { name, bytes } = makeZippedDncFile({
    areaCode: 818,
    count: 20_000,
    seed: 1,
    publishedOn: "2026-11-01",
    including: [namedPeople.listed.phone],
    excluding: Object.values(namedPeople).flatMap((person) =>
      person === namedPeople.listed ? [] : person.phone,
    ),
  });
  const etag = `"${name}"`;
  const server = createServer((request, response) => {
    if (request.url !== `/full/${name}`) response.writeHead(404).end();
    else if (request.headers["if-none-match"] === etag) response.writeHead(304).end();
    else response.writeHead(200, { etag, "content-type": "application/zip" }).end(bytes);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const host = `127.0.0.1:${address.port}`;
  return { url: `http://${host}/full/${name}`, host, close: () => void server.close() };
}
