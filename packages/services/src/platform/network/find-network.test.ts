import { expect, it } from "vitest";
import { findNetwork } from "./find-network.ts";

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
