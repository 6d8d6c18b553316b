import { describe, expect, it } from "vitest";
import { isMailgunSignature, isTwilioSignature } from "./signature.ts";
import { createHmac } from "node:crypto";

describe("twilio signature", () => {
  // The example of twilio.com/docs/usage/security.
  const token = "12345";

  const url = "https://mycompany.com/myapp.php?foo=1&bar=2";

  const parameters = [
    ["CallSid", "CA1234567890ABCDE"],
    ["Caller", "+14158675309"],
    ["Digits", "1234"],
    ["From", "+14158675309"],
    ["To", "+18005551212"],
  ] as const;

  const signature = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";

  it("verifies Twilio's own example, whatever the order of its parameters", () => {
    expect(isTwilioSignature(signature, token, url, parameters)).toBe(true);
    expect(isTwilioSignature(signature, token, url, parameters.toReversed())).toBe(true);
  });

  it.each<[string, Parameters<typeof isTwilioSignature>]>([
    ["none", ["", token, url, parameters]],
    ["another", [signature.replace("R", "Q"), token, url, parameters]],
    ["another token", [signature, "12346", url, parameters]],
    ["another address", [signature, token, url.replace("https", "http"), parameters]],
    ["a parameter less", [signature, token, url, parameters.slice(1)]],
    ["a parameter more", [signature, token, url, [...parameters, ["Body", "STOP"]]]],
  ])("does not believe it with %s", (_, args) => expect(isTwilioSignature(...args)).toBe(false));
});

describe("mailgun signature", () => {
  const key = "key of a test";

  const [timestamp, token] = ["1795650275", "a".repeat(50)];

  /** Computed as in Mailgun's documentation, with another implementation. */
  const signature = createHmac("sha256", key)
    .update(timestamp + token)
    .digest("hex");

  it("accepts what the key signed, and nothing else", () => {
    const signed = { timestamp, token, signature };
    expect(isMailgunSignature(key, signed)).toBe(true);
    expect(isMailgunSignature("another key", signed)).toBe(false);
    expect(isMailgunSignature(key, { ...signed, token: "b".repeat(50) })).toBe(false);
    expect(isMailgunSignature(key, { ...signed, timestamp: "1795650276" })).toBe(false);
    expect(isMailgunSignature(key, { ...signed, signature: "" })).toBe(false);
  });
});
