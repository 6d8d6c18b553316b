/** What the operator lets sources of registries reach. */
export type SourceSettings = {
  /** The browser that opens pages; null where there is none. */
  chromium?: string | null;
  /** The folder below which registries are read from folders; null: none is. */
  registriesFolder: string | null;
  /** Hosts inside private networks, `name` or `name:port`, that may be asked for files. */
  privateHosts: readonly string[];
  /** Waits as long as a publisher asks for; left out: by the clock. */
  wait?: (ms: number, signal: AbortSignal) => Promise<unknown>;
};

/** Twice what the whole US registry takes, plain. */
export const BYTES_MAX = 8 * 1024 ** 3;
