import { expect, it } from "vitest";
import { isTwilioSignature } from "./twilio-signature.ts";

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

it("knows the signature of Twilio's own example, in whatever order its parameters come", () => {
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
