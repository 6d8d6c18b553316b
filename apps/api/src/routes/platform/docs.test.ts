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
  expect(policy).not.toMatch(/https?:|\*/);
});
