import { expect, it } from "vitest";
import {
  formatProviderError,
  formatThrottledError,
  readProviderError,
  readThrottledError,
} from "./sign-in-error";

it.each([
  [1, { unit: "seconds", count: 1 }],
  [59, { unit: "seconds", count: 59 }],
  [60, { unit: "minutes", count: 1 }],
  [61, { unit: "minutes", count: 2 }],
  [900, { unit: "minutes", count: 15 }],
])("formats a wait of %i s", (seconds, wait) => {
  expect(readThrottledError(formatThrottledError(seconds))).toEqual(wait);
});

it.each([null, undefined, "unknown", "throttled", "throttled x", "CredentialsSignin"])(
  "reads %j as no wait",
  (error) => {
    expect(readThrottledError(error)).toBeNull();
  },
);

it("reads the organization whose provider is required, and nothing else", () => {
  const address = "0190a00000007000800000000000000a";
  expect(readProviderError(formatProviderError(address))).toBe(address);
  for (const other of [null, "unknown", "provider /evil", `provider ${address}/`, "throttled 1"]) {
    expect(readProviderError(other)).toBeNull();
  }
});
