import { lookup } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import { isPrivate } from "./private-address.ts";

/** A host whose address is not of the public internet. */
export class PrivateHost extends Error {}

/**
 * Finds the addresses of a host as Node does, and refuses one that leads into a private network. It
 * is asked when the connection is made, so that no second answer can differ from the one that was
 * checked.
 */
export const publicLookup: LookupFunction = (host, options, callback) => {
  lookup(host, { ...options, all: true }, (error, addresses) => {
    // There are no addresses then, whatever the types say.
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
