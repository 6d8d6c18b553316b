import { z } from "zod";

const Address = z.union([
  z.enum(["loopback", "linklocal", "uniquelocal"]),
  z.ipv4(),
  z.ipv6(),
  z.cidrv4(),
  z.cidrv6(),
]);

/**
 * `none`, a number of hops, or proxies by address, network or Fastify's names of private networks. `true`,
 * which would believe anyone, is refused: a caller could then choose the address on record.
 */
export const isTrustedProxy = (value: string): boolean =>
  value === "none" ||
  /^\d$/.test(value) ||
  value.split(/\s*,\s*/).every((address) => Address.safeParse(address).success);
