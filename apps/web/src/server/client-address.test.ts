import { expect, it } from "vitest";
import { clientAddress, trustAddress } from "./client-address";

const proxy = "10.0.0.9";
const chain = "203.0.113.66, 198.51.100.7";

it.each<[string, string | undefined, number | string[], string]>([
  ["believes nobody by default", chain, 0, proxy],
  ["believes one proxy what it saw", chain, 1, "198.51.100.7"],
  ["believes two proxies", chain, 2, "203.0.113.66"],
  ["takes the farthest where there are fewer than said", chain, 5, "203.0.113.66"],
  ["takes the socket where nothing was forwarded", undefined, 1, proxy],
  ["passes over networks that are ours", chain, ["10.0.0.0/8"], "198.51.100.7"],
  ["passes over what Fastify calls so", chain, ["uniquelocal"], "198.51.100.7"],
  ["passes over single addresses", chain, [proxy, "198.51.100.7"], "203.0.113.66"],
  ["believes nobody else's proxy", chain, ["192.0.2.0/24"], proxy],
  ["does not stumble over what is no address", "x; DROP, <b>", ["uniquelocal"], "<b>"],
])("%s", (_, forwardedFor, trust, address) => {
  expect(clientAddress(proxy, forwardedFor, trust)).toBe(address);
});

it("knows an IPv4 address on an IPv6 socket", () => {
  expect(clientAddress("::ffff:10.0.0.9", "198.51.100.7", ["10.0.0.0/8"])).toBe("198.51.100.7");
  expect(clientAddress("::ffff:198.51.100.7", undefined, 0)).toBe("198.51.100.7");
});

it("overwrites what a caller has made up", () => {
  const request = {
    headers: { "x-forwarded-for": "203.0.113.66" },
    socket: { remoteAddress: "198.51.100.7" },
  };
  trustAddress({ request }, 0);
  expect(request.headers["x-forwarded-for"]).toBe("198.51.100.7");
});
