/** The organization whose hosts are selected. Entries without an organization belong to the one founded first. */
export type HostOwner = { organizationId: string; isFirst: boolean };

/**
 * Selects the private-network hosts that an organization may reach, as `name` or `name:port`, from entries such as
 * `10.0.0.5:8080` and `<organization>=10.0.0.5:8080`.
 */
export const selectPrivateHosts = (
  entries: readonly string[],
  { organizationId, isFirst }: HostOwner,
): string[] =>
  entries.flatMap((entry) => {
    const [owner = "", host] = entry.split("=");
    if (host === undefined) return isFirst ? [owner] : [];
    return owner === organizationId.toLowerCase() ? [host] : [];
  });

const defaultPorts: Readonly<Record<string, string>> = { "http:": "80", "https:": "443" };

/**
 * True if an address is on one of these hosts: on the named port, or on any port if none is named. An address
 * without a port has the one of its protocol.
 */
export const isNamedHost = (
  hosts: readonly string[],
  { hostname, port, protocol }: Pick<URL, "hostname" | "port" | "protocol">,
): boolean =>
  [hostname, `${hostname}:${port || defaultPorts[protocol]}`].some((name) => hosts.includes(name));

/** Lists the hosts of all organizations, for commands that the operator runs. */
export const allPrivateHosts = (entries: readonly string[]): string[] =>
  entries.map((entry) => entry.slice(entry.indexOf("=") + 1));
