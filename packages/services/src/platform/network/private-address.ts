import { lookup } from "node:dns";
import { type LookupFunction, isIP } from "node:net";
import ipaddr from "ipaddr.js";

/** The part of IPv6 from which public addresses are given out (RFC 4291, 2.4; IANA). */
const [publicIpv6, publicIpv6Bits] = ipaddr.IPv6.parseCIDR("2000::/3");

/** True if an IP address does not belong to the public internet, or leads to an IPv4 address that may not. */
export function isPrivate(text: string): boolean {
  const address = ipaddr.parse(text);
  if (address.range() !== "unicast") return true;
  return address instanceof ipaddr.IPv6 && !address.match(publicIpv6, publicIpv6Bits);
}

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
