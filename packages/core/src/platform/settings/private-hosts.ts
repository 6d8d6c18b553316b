/** The organization for which entries are read. Entries without an organization belong to the first one. */
export type HostOwner = { organizationId: string; isFirst: boolean };

/**
 * Picks the hosts inside private networks that an organization may have asked and told, as `name` or
 * `name:port`, from entries such as `10.0.0.5:8080` and `<organization>=10.0.0.5:8080`.
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

/** True if an address is at one of these hosts, at any port or at the one that is named. */
export const isNamedHost = (
  hosts: readonly string[],
  { host, hostname }: Pick<URL, "host" | "hostname">,
): boolean => [host, hostname].some((name) => hosts.includes(name));

/** All of them, for whoever runs the machine. */
export const allPrivateHosts = (entries: readonly string[]): string[] =>
  entries.map((entry) => entry.slice(entry.indexOf("=") + 1));
