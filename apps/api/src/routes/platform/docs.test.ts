import { expect, it } from "vitest";
import { aServer } from "../../../testing/server.ts";

it("shows a page whose policy forbids requests to other hosts", async () => {
  const server = await aServer();
  const page = await server.inject("/docs/");
  const script = await server.inject("/docs/js/scalar.js");

  expect([page.statusCode, script.statusCode]).toEqual([200, 200]);
  expect(page.body.match(/https?:\/\/[^"' ]+/g)).toBeNull();
  const policy = String(page.headers["content-security-policy"]);
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/https?:|\*|unsafe/);
});

it("gives each answer nonces of its own, which its policy names", async () => {
  const server = await aServer();
  const pages = [await server.inject("/docs/"), await server.inject("/docs/")];
  const used = pages.map(({ body }) => [
    ...new Set([...body.matchAll(/nonce(?:" content)?="(\w+)"/g)].map(([, nonce]) => nonce)),
  ]);

  expect(new Set(used.flat()).size).toBe(4);
  for (const [index, { headers }] of pages.entries()) {
    const policy = String(headers["content-security-policy"]);
    const named = [...policy.matchAll(/'nonce-(\w+)'/g)].map(([, nonce]) => nonce);
    expect(new Set(named)).toEqual(new Set(used[index]));
  }
});
