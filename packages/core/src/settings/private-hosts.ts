/** The organization for which entries are read. Entries without an organization belong to the first one. */
export type HostOwner = { organizationId: string; isFirst: boolean };

/**
 * Picks the hosts inside private networks that an organization may have asked and told, as `name` or
 * `name:port`, from entries such as `10.0.0.5:8080` and `<organization>=10.0.0.5:8080`.
 */
export const privateHostsFor = (
  entries: readonly string[],
  { organizationId, isFirst }: HostOwner,
): string[] =>
  entries.flatMap((entry) => {
    const [owner = "", host] = entry.split("=");
    if (host === undefined) return isFirst ? [owner] : [];
    return owner === organizationId.toLowerCase() ? [host] : [];
  });

/** All of them, for whoever runs the machine. */
export const allPrivateHosts = (entries: readonly string[]): string[] =>
  entries.map((entry) => entry.slice(entry.indexOf("=") + 1));
