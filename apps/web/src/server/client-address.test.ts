import { expect, it } from "vitest";
import { trustAddress } from "./incoming-requests";

it.each([
  ["203.0.113.66", 0, "198.51.100.7"],
  ["203.0.113.66", 1, "203.0.113.66"],
  ["<script>alert(1)</script>", 1, "198.51.100.7"],
])("overwrites a forged header: %s", (forwardedFor, trusted, expected) => {
  const request = {
    headers: { "x-forwarded-for": forwardedFor },
    socket: { remoteAddress: "198.51.100.7" },
  };
  trustAddress({ request }, trusted);
  expect(request.headers["x-forwarded-for"]).toBe(expected);
});
