import { createHmac } from "node:crypto";
import { expect, it } from "vitest";
import { isMailgunSignature } from "./mailgun-signature.ts";

const key = "key of a test";
const [timestamp, token] = ["1795650275", "a".repeat(50)];
/** As Mailgun's own documentation has it, by another implementation. */
const signature = createHmac("sha256", key)
  .update(timestamp + token)
  .digest("hex");

it("believes what was signed by the key, and nothing else", () => {
  const signed = { timestamp, token, signature };
  expect(isMailgunSignature(key, signed)).toBe(true);
  expect(isMailgunSignature("another key", signed)).toBe(false);
  expect(isMailgunSignature(key, { ...signed, token: "b".repeat(50) })).toBe(false);
  expect(isMailgunSignature(key, { ...signed, timestamp: "1795650276" })).toBe(false);
  expect(isMailgunSignature(key, { ...signed, signature: "" })).toBe(false);
});
