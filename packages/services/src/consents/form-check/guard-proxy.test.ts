import { createServer, get } from "node:http";
import { connect } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { startGuardProxy } from "./guard-proxy.ts";

async function serve() {
  const server = createServer((_, response) => response.end("inside"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  return `127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
}

async function guard(...privateHosts: string[]) {
  const proxy = await startGuardProxy(privateHosts);
  onTestFinished(proxy.close);
  return { ...proxy, port: Number(new URL(proxy.server).port) };
}

const asked = (port: number, path: string) =>
  new Promise<number | undefined>((resolve, reject) => {
    get({ host: "127.0.0.1", port, path }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    }).on("error", reject);
  });

/** The first line that the proxy answers to CONNECT. */
const tunneled = (port: number, authority: string) =>
  new Promise<string>((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n\r\n`);
    });
    socket.once("data", (data) => {
      socket.destroy();
      resolve(data.toString().split("\r\n")[0] ?? "");
    });
    socket.once("close", () => resolve("closed"));
    socket.once("error", reject);
  });

it("reaches no private network, by whatever name", async () => {
  const host = await serve();
  const { port, blockedHosts } = await guard();
  expect(await asked(port, `http://${host}/`)).toBe(403);
  expect(await asked(port, `http://${host.replace("127.0.0.1", "localhost")}/`)).toBe(502);
  expect(await tunneled(port, host)).toBe("HTTP/1.1 403 Forbidden");
  expect(await tunneled(port, host.replace("127.0.0.1", "localhost"))).toBe("closed");
  expect(await tunneled(port, "[::1]:443")).toBe("HTTP/1.1 403 Forbidden");
  expect([...blockedHosts]).toContain(host);
  expect([...blockedHosts]).toContain(host.replace("127.0.0.1", "localhost"));
});

it("reaches an allowed private host, on that port only", async () => {
  const [host, other] = [await serve(), await serve()];
  const { port } = await guard(host);
  expect(await asked(port, `http://${host}/`)).toBe(200);
  expect(await tunneled(port, host)).toBe("HTTP/1.1 200 OK");
  expect(await asked(port, `http://${other}/`)).toBe(403);
});

it("forwards only http, and what is tunneled", async () => {
  const { port } = await guard();
  expect(await asked(port, "file:///etc/hostname")).toBe(403);
  expect(await asked(port, "/no-address")).toBe(403);
});
