import { expect, it } from "vitest";
import { aServer } from "../testing/server.ts";

type Paths = Record<string, Record<string, object>>;

const closed = {
  "cache-control": "no-store",
  "content-security-policy":
    "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "strict-transport-security": "max-age=63072000",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};

it("sends the same security headers with the answer of every route, also with refusals", async () => {
  const server = await aServer();
  const { paths } = (await server.inject("/openapi.json")).json<{ paths: Paths }>();
  const routes = Object.entries(paths).flatMap(([url, methods]) =>
    Object.keys(methods).map((method) => ({ method: method.toUpperCase(), url })),
  );
  const others = ["/openapi.json", "/metrics", "/ledger/tile/0/000", "/no-such-route"];

  expect(routes.length).toBeGreaterThan(30);
  for (const request of [...routes, ...others.map((url) => ({ method: "GET", url }))]) {
    const { headers } = await server.inject(request as { method: "GET"; url: string });
    expect(headers, `${request.method} ${request.url}`).toMatchObject(closed);
  }
});

it("lets other sites load the script of forms, and nothing else", async () => {
  const server = await aServer();
  const { headers } = await server.inject("/consent.js");
  expect(headers["cross-origin-resource-policy"]).toBe("cross-origin");
  expect(headers["content-security-policy"]).toBe(closed["content-security-policy"]);
});

it("does not ask browsers to use TLS if the pages do not use it", async () => {
  const server = await aServer({ publicUrl: "http://localhost:3000" });
  const { headers } = await server.inject("/healthz");
  expect(headers).not.toHaveProperty("strict-transport-security");
});
