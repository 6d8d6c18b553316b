import { once } from "node:events";
import { createServer } from "node:http";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { expect, it, onTestFinished } from "vitest";
import { readBytes } from "./guard-bodies.ts";

const list = "+12145550142\n";

/** Returns what a server reads from a body whose sender hangs up after these bytes. */
async function receive(sent: string) {
  const received = Promise.withResolvers<string>();
  const server = createServer((request) => {
    text(readBytes(request)).then(received.resolve, received.reject);
  });
  onTestFinished(() => void server.close());
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = server.address();
  const socket = connect(typeof address === "object" ? (address?.port ?? 0) : 0, "127.0.0.1");
  socket.on("error", () => {});
  socket.end(`POST /v1/scrubs HTTP/1.1\r\nhost: a\r\n${sent}`);
  return received.promise;
}

it("reads a whole body, whether its length was told or it came in chunks", async () => {
  expect(await receive(`content-length: 13\r\n\r\n${list}`)).toBe(list);
  expect(await receive(`transfer-encoding: chunked\r\n\r\nd\r\n${list}\r\n0\r\n\r\n`)).toBe(list);
});

it.each([
  ["fewer bytes than its length", `content-length: 26\r\n\r\n${list}`],
  ["no last chunk", `transfer-encoding: chunked\r\n\r\nd\r\n${list}\r\n`],
  ["a chunk cut short", `transfer-encoding: chunked\r\n\r\n1a\r\n${list}`],
])("fails over a body with %s, instead of ending as if it were whole", async (_, sent) => {
  await expect(receive(sent)).rejects.toMatchObject({ code: "ECONNRESET" });
});
