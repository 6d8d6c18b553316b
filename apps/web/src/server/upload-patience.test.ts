import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { once } from "node:events";
import { createServer } from "node:http";
import { expect, it, onTestFinished } from "vitest";
import { allowLongUploads } from "./incoming-requests";

it("makes a server wait an hour for a whole request, from its first one on", async () => {
  subscribe("http.server.request.start", allowLongUploads);
  onTestFinished(() => void unsubscribe("http.server.request.start", allowLongUploads));
  const server = createServer((_, response) => response.end());
  onTestFinished(() => void server.close());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();

  await fetch(`http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`);

  expect(server.requestTimeout).toBe(3_600_000);
});
