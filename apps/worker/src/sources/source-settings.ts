/** What the operator lets sources of registries reach. */
export type SourceSettings = {
  /** The browser that opens pages; null if there is none. */
  chromium?: string | null;
  /** The folder below which registries may be read; null if none may. */
  registriesFolder: string | null;
  /** Hosts inside private networks, `name` or `name:port`, that may be asked for files. */
  privateHosts: readonly string[];
  /** Waits as long as a publisher requires; by default with a timer. */
  wait?: (ms: number, signal: AbortSignal) => Promise<unknown>;
};

/** Twice the size of the whole US registry, uncompressed. */
export const BYTES_MAX = 8 * 1024 ** 3;
