import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { expect, it } from "vitest";
import { trustAddress } from "./incoming-requests";

it.each([
  ["203.0.113.66", 0, "198.51.100.7"],
  ["203.0.113.66", 1, "203.0.113.66"],
  ["<script>alert(1)</script>", 1, "198.51.100.7"],
])("overwrites a forged header: %s", (forwardedFor, trusted, expected) => {
  const socket = Object.defineProperty(new Socket(), "remoteAddress", { value: "198.51.100.7" });
  const request = new IncomingMessage(socket);
  request.headers["x-forwarded-for"] = forwardedFor;
  let passedOn: unknown;
  trustAddress(trusted)(request, new ServerResponse(request), () => {
    passedOn = request.headers["x-forwarded-for"];
  });
  expect(passedOn).toBe(expected);
});
