import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { expect, it, onTestFinished } from "vitest";
import { aServer } from "../../../testing/server.ts";

type Asked = { token?: string; from?: string; publicUrl?: string; trustProxy?: string[] };

const fetchStatus = async (
  headers: Record<string, string>,
  { token, from = "127.0.0.1", ...options }: Asked = {},
) => {
  const server = await aServer({
    metricsToken: token,
    publicUrl: "http://localhost:3000",
    ...options,
  });
  return (await server.inject({ url: "/metrics", headers, remoteAddress: from })).statusCode;
};

it("counts requests by route and status, without requested addresses", async () => {
  const server = await aServer({ publicUrl: "http://localhost:3000" });
  await server.inject("/healthz");
  await server.inject("/v1/phones/+12015550100?note=secret");

  const { body } = await server.inject("/metrics");

  expect(body).toMatch(/http_request_duration_seconds_count\{[^}]*route="\/healthz"[^}]*\} 1/);
  expect(body).toMatch(/http_request_duration_seconds_count\{[^}]*route="none",status="404"\} 1/);
  expect(body).toContain("nodejs_eventloop_lag_seconds");
  expect(body).toContain('ringfence_database_connections{state="waiting"} 0');
  expect(body).not.toMatch(/2015550100|secret/);
});

it("is open to this host only, and not through a proxy on it", async () => {
  expect(await fetchStatus({})).toBe(200);
  expect(await fetchStatus({}, { from: "10.0.0.7" })).toBe(404);
});

it.each([
  ["x-forwarded-for", "10.0.0.7"],
  ["forwarded", "for=10.0.0.7"],
  ["x-forwarded-host", "api.example.com"],
  ["x-forwarded-proto", "https"],
  ["x-forwarded-server", "proxy"],
  ["x-real-ip", "10.0.0.7"],
  ["x-client-ip", "10.0.0.7"],
  ["x-original-forwarded-for", "10.0.0.7"],
  ["x-envoy-external-address", "10.0.0.7"],
  ["true-client-ip", "10.0.0.7"],
  ["cf-connecting-ip", "10.0.0.7"],
  ["via", "1.1 proxy"],
  ["host", "api.example.com"],
])(
  "is closed to requests that a proxy on this host forwards, recognized by %s",
  async (name, value) => {
    expect(await fetchStatus({ [name]: value })).toBe(404);
  },
);

it("is closed without a token behind a proxy, whatever it forwards", async () => {
  expect(await fetchStatus({}, { publicUrl: "https://calls.example.com" })).toBe(404);
  expect(await fetchStatus({}, { trustProxy: ["loopback"] })).toBe(404);
  const sent = { authorization: "Bearer a-token-of-some-length" };
  const token = "a-token-of-some-length";
  expect(await fetchStatus(sent, { token, trustProxy: ["loopback"] })).toBe(200);
});

it("is closed to nginx by default, which asks with HTTP/1.0 and the name of this host", async () => {
  const server = await aServer({ publicUrl: "http://localhost:3000" });
  const address = await server.listen({ host: "127.0.0.1", port: 0 });
  onTestFinished(() => server.close());
  const port = Number(new URL(address).port);
  const ask = async (version: string) => {
    const socket = connect(port, "127.0.0.1");
    socket.end(`GET /metrics HTTP/${version}\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`);
    return (await text(socket)).split("\r\n")[0];
  };
  expect(await ask("1.1")).toBe("HTTP/1.1 200 OK");
  expect(await ask("1.0")).toBe("HTTP/1.1 404 Not Found");
});

it("is open to callers with the token, if one is set", async () => {
  const token = "a-token-of-some-length";
  expect(await fetchStatus({}, { token })).toBe(404);
  expect(await fetchStatus({ authorization: "Bearer another-token-so-long" }, { token })).toBe(404);
  const sent = { authorization: `Bearer ${token}` };
  expect(await fetchStatus(sent, { token, from: "10.0.0.7" })).toBe(200);
});
