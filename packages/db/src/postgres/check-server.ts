import { Client, DatabaseError } from "pg";
import { z } from "zod";
import { CannotStart } from "./cannot-start.ts";

/** The addresses of a database. An installation with one role has the same address several times. */
export type DatabaseUrls = {
  /** Address with the role that owns the tables, which migrates. */
  ownerUrl: string;
  /** Address with the role of the service. */
  url: string;
  /** Address with the role of the service for all organizations. Default: made from `url`. */
  acrossUrl?: string | undefined;
};

/** The addresses at which the service works: of one organization, and of all. */
export type ServiceUrls = { url: string; acrossUrl: string };

/** The oldest PostgreSQL that Ringfence is tested on. */
export const oldestMajor = 15;

/**
 * Connects once, and creates the database if the server has none of its name.
 * @throws CannotStart with what is wrong with the address, the server or the connection
 */
export async function checkServer(
  url: string,
  { setting = "DATABASE_URL", needsMajor = oldestMajor } = {},
) {
  const { host, pathname, username } = new URL(url);
  const name = decodeURIComponent(pathname.slice(1));
  try {
    const version = await serverVersion(url).catch(async (error: unknown) => {
      if (!(error instanceof DatabaseError) || error.code !== "3D000") throw error;
      await createDatabase(url, name);
      return serverVersion(url);
    });
    if (Number.parseInt(version, 10) >= needsMajor) return;
    throw new CannotStart(
      `The PostgreSQL at ${host} (${setting}) is version ${version}: Ringfence needs ${needsMajor} or newer.`,
    );
  } catch (error) {
    if (error instanceof CannotStart) throw error;
    const user = decodeURIComponent(username);
    const sentence = describeFault(error, { host, name, user, setting });
    throw new CannotStart(sentence, { cause: error });
  }
}

const ServerVersion = z.tuple([z.object({ server_version: z.string() })]);

async function serverVersion(url: string) {
  return withConnection(url, async (client) => {
    const { rows } = await client.query("SHOW server_version");
    return ServerVersion.parse(rows)[0].server_version;
  });
}

async function createDatabase(url: string, name: string) {
  const maintenance = new URL(url);
  maintenance.pathname = "/postgres";
  await withConnection(maintenance.href, (client) =>
    client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`),
  ).catch((error: unknown) => {
    // Another host was first: before this statement, or while it ran.
    const isThere = error instanceof DatabaseError && /^(42P04|23505)$/.test(error.code ?? "");
    if (!isThere) throw error;
  });
}

/** Runs work on a connection, which it opens and closes. */
export async function withConnection<T>(url: string, use: (client: Client) => Promise<T>) {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  try {
    await client.connect();
    return await use(client);
  } finally {
    await client.end();
  }
}

type Address = { host: string; name: string; user: string; setting: string };

/** Explains error codes of PostgreSQL and the network to the operator who set the address. */
function describeFault(error: unknown, { host, name, user, setting }: Address): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  switch (code) {
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `${setting} names the host ${host}, which cannot be found: correct the name.`;
    case "ECONNREFUSED":
    case "EHOSTUNREACH":
    case "ENETUNREACH":
      return `Nothing answers at ${host} (${setting}): start PostgreSQL there, or correct the address.`;
    case "28P01":
      return `The PostgreSQL at ${host} refuses the password of “${user}”: correct ${setting}.`;
    case "28000":
      return `The PostgreSQL at ${host} does not let “${user}” in from this machine: correct ${setting}, or allow it in pg_hba.conf.`;
    case "42501":
      return `The PostgreSQL at ${host} has no database “${name}”, and “${user}” may not create it: have it created, or correct ${setting}.`;
    case "53300":
      return `The PostgreSQL at ${host} has no connection left: raise its max_connections, or end other programs.`;
    case "57P03":
      return `The PostgreSQL at ${host} is still starting or shutting down: try again in a moment.`;
    default: {
      const message = error instanceof Error ? error.message : String(error);
      return `The PostgreSQL at ${host} (${setting}) cannot be used: ${message}.`;
    }
  }
}
