import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { contentSecurityPolicy } from "./browser-security";

const policy = contentSecurityPolicy("abc", { isSecure: true, isDevelopment: false });

it("allows sonner's style sheet and no other inline one", () => {
  const source = readFileSync(new URL(import.meta.resolve("sonner")), "utf8");
  const [, text = ""] = /__insertCSS\(("(?:[^"\\]|\\.)*")\)/.exec(source) ?? [];
  const hashes = ["", JSON.parse(text)].map(
    (sheet) => `'sha256-${createHash("sha256").update(sheet).digest("base64")}'`,
  );

  expect(policy).toContain(`style-src-elem 'self' 'nonce-abc' ${hashes.join(" ")};`);
});

it("allows no requests to other hosts, and only scripts of this response", () => {
  expect(policy).not.toMatch(/https?:|\*|'unsafe-eval'/);
  expect(policy).toContain("default-src 'none'; script-src 'nonce-abc' 'strict-dynamic';");
  expect(policy).toContain("frame-ancestors 'none'; upgrade-insecure-requests");
});
