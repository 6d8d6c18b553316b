import { BlockList, type LookupFunction, isIP, isIPv6 } from "node:net";
import { lookup } from "node:dns";

// IANA IPv4 and IPv6 Special-Purpose Address Registries, with multicast: addresses that are not on the
// public internet, or lead to IPv4 addresses that may not be. There are two lists, because a rule about
// IPv4 addresses within IPv6 would apply to all of IPv4.
const ofIpv4 = new BlockList();
const ofIpv6 = new BlockList();
for (const [network, prefix] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
] as const) {
  ofIpv4.addSubnet(network, prefix, "ipv4");
}
for (const [network, prefix] of [
  ["::", 96],
  ["::ffff:0:0", 96],
  ["64:ff9b::", 96],
  ["64:ff9b:1::", 48],
  ["100::", 64],
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
  ["5f00::", 16],
  ["fc00::", 7],
  ["fe80::", 10],
  ["fec0::", 10],
  ["ff00::", 8],
] as const) {
  ofIpv6.addSubnet(network, prefix, "ipv6");
}

/** True if an IP address does not belong to the public internet. */
export const isPrivate = (address: string) =>
  isIPv6(address) ? ofIpv6.check(address, "ipv6") : ofIpv4.check(address, "ipv4");

/** Thrown for a host whose address is not on the public internet. */
export class PrivateHost extends Error {}

/**
 * Finds the addresses of a host as Node does, and refuses one that leads into a private network. It
 * is asked when the connection is made, so that no second answer can differ from the one that was
 * checked.
 */
export const publicLookup: LookupFunction = (host, options, callback) => {
  lookup(host, { ...options, all: true }, (error, addresses) => {
    // In case of an error there are no addresses, whatever the types say.
    if (error) return callback(error, "");
    const [first] = addresses;
    if (first === undefined) return callback(new Error("ENOTFOUND"), "");
    if (addresses.some(({ address }) => isPrivate(address))) return callback(new PrivateHost(), "");
    if (options.all) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};

/** An address in the place of a name is never looked up. */
export const isPrivateAddress = (host: string) => {
  const address = host.replace(/^\[(.*)\]$/, "$1");
  return isIP(address) !== 0 && isPrivate(address);
};
