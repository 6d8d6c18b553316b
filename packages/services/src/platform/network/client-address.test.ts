import { expect, it } from "vitest";
import { findClientAddress, findNetwork, normalizeNetwork } from "./client-address.ts";

const proxy = "10.0.0.9";

const chain = "203.0.113.66, 198.51.100.7";

it.each<[string, string | undefined, number | string[], string]>([
  ["believes nobody where no proxy is trusted", chain, 0, proxy],
  ["believes one proxy what it saw", chain, 1, "198.51.100.7"],
  ["believes two proxies", chain, 2, "203.0.113.66"],
  ["takes the farthest where there are fewer than said", chain, 5, "203.0.113.66"],
  ["takes the socket where nothing was forwarded", undefined, 1, proxy],
  ["takes the socket where what was forwarded is empty", "", 1, proxy],
  ["passes over networks that are ours", chain, ["10.0.0.0/8"], "198.51.100.7"],
  ["passes over what Fastify calls so", chain, ["uniquelocal"], "198.51.100.7"],
  ["passes over single addresses", chain, [proxy, "198.51.100.7"], "203.0.113.66"],
  ["believes nobody else's proxy", chain, ["192.0.2.0/24"], proxy],
  ["does not compare IPv6 networks with IPv4", chain, ["fc00::/7", "10.0.0.0/8"], "198.51.100.7"],
  ["drops the port of an IPv4 address", "198.51.100.7:4711", 1, "198.51.100.7"],
  ["drops the port of an IPv6 address", "[2001:db8::7]:4711", 1, "2001:db8::7"],
  ["writes an IPv6 address in one way", "2001:0DB8:0:0:0:0:0:7", 1, "2001:db8::7"],
])("%s", (_, forwardedFor, trusted, address) => {
  expect(findClientAddress(proxy, forwardedFor, trusted)).toBe(address);
});

it.each([
  "<script>alert(1)</script>",
  "unknown",
  "1",
  "0x7f.1",
  "198.51.100.7; DROP",
  "198.51.100.999",
  "",
])("never takes %j for an address", (text) => {
  expect(findClientAddress(proxy, text, 1)).toBe(proxy);
  expect(findClientAddress(proxy, `${text}, 198.51.100.7`, 2)).toBe("198.51.100.7");
  expect(findClientAddress(proxy, `203.0.113.66, ${text}`, 5)).toBe(proxy);
  expect(findClientAddress(proxy, text, ["uniquelocal"])).toBe(proxy);
});

it("knows an IPv4 address on an IPv6 socket", () => {
  expect(findClientAddress("::ffff:10.0.0.9", "198.51.100.7", ["10.0.0.0/8"])).toBe("198.51.100.7");
  expect(findClientAddress("::ffff:198.51.100.7", undefined, 0)).toBe("198.51.100.7");
  expect(findClientAddress("fe80::1%eth0", undefined, 0)).toBe("fe80::1");
});

it("returns an empty address if the socket has none", () => {
  expect(findClientAddress(undefined, chain, 5)).toBe("");
  expect(findClientAddress(undefined, undefined, 0)).toBe("");
});

it.each([
  ["198.51.100.7", "198.51.100.7"],
  ["::ffff:198.51.100.7", "198.51.100.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"],
  ["2001:0DB8:0001:0002::", "2001:db8:1:2::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
])("tells of %s that it is %s", (address, network) => {
  expect(findNetwork(address)).toBe(network);
});

it.each(["", "<script>", "198.51.100", "198.51.100.7, 203.0.113.9", "3325256711", "unknown"])(
  "takes %j for no address",
  (text) => {
    expect(findNetwork(text)).toBeNull();
  },
);

it.each([
  ["203.0.113.7", "203.0.113.7/32"],
  ["203.0.113.7/24", "203.0.113.0/24"],
  ["0.0.0.0/0", "0.0.0.0/0"],
  ["2001:DB8:0::7", "2001:db8::7/128"],
  ["2001:db8::7/48", "2001:db8::/48"],
  ["::ffff:203.0.113.7", "203.0.113.7/32"],
  ["::ffff:cb00:7100/120", "203.0.113.0/24"],
  ["::/0", "::/0"],
])("writes the network %s as %s", (text, network) => {
  expect(normalizeNetwork(text)).toBe(network);
});
