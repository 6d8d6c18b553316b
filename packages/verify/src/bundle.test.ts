import { expect, it } from "vitest";
import { buildVerifier } from "./bundle.ts";

it("is a single file that makes no requests", async () => {
  const { html, script } = await buildVerifier();
  expect(html).not.toMatch(/<(script|link|img)[^>]+(src|href)=/);
  expect(html).toContain("default-src 'none'");
  expect(html + script).not.toMatch(/\bfetch\(|XMLHttpRequest|WebSocket|sendBeacon/);
  expect(script).toMatch(/^#!\/usr\/bin\/env node/);
  const imported = [...script.matchAll(/from\s*"([^"]+)"/g)].map(([, from]) => from);
  expect(imported.filter((from) => from?.startsWith("node:") !== true)).toEqual([]);
});
