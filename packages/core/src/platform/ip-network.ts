import { z } from "zod";

/** An IPv4 or IPv6 address, or a network of them in CIDR notation, such as `203.0.113.0/24`. */
export const IpNetwork = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);
