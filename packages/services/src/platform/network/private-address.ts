import { lookup } from "node:dns";
import { type LookupFunction, isIP } from "node:net";
import ipaddr from "ipaddr.js";

/** The part of IPv6 from which public addresses are given out (RFC 4291, 2.4; IANA). */
const [publicIpv6, publicIpv6Bits] = ipaddr.IPv6.parseCIDR("2000::/3");

/**
 * True if an IP address does not belong to the public internet, or is an IPv6 address that contains an IPv4 address
 * (such as 6to4), which may be private. Throws for any other text.
 */
export function isPrivateIp(text: string): boolean {
  const address = ipaddr.parse(text);
  if (address.range() !== "unicast") return true;
  return address instanceof ipaddr.IPv6 && !address.match(publicIpv6, publicIpv6Bits);
}

/** Thrown for a host whose address is not on the public internet. */
export class PrivateHost extends Error {}

/**
 * Looks up the addresses of a host as Node does, and refuses a host with an address in a private network. It
 * runs when the connection is made, so that no second answer can differ from the one that was checked.
 */
export const publicLookup: LookupFunction = (host, options, callback) => {
  lookup(host, { ...options, all: true }, (error, addresses) => {
    // On error there are no addresses, although the types promise some.
    if (error) return callback(error, "");
    const [first] = addresses;
    if (first === undefined) return callback(new Error("ENOTFOUND"), "");
    if (addresses.some(({ address }) => isPrivateIp(address)))
      return callback(new PrivateHost(), "");
    if (options.all) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};

/**
 * True if the host is written as an IP address, and a private one. Node does not look such a host up, so `publicLookup`
 * cannot refuse it: ask both. False for a name, which only `publicLookup` checks.
 */
export const isPrivateAddress = (host: string) => {
  const address = host.replace(/^\[(.*)\]$/, "$1");
  return isIP(address) !== 0 && isPrivateIp(address);
};
