import { createHash } from "node:crypto";
import { type Socket, connect } from "node:net";
import { isNamedHost } from "@ringfence/core/platform/settings";
import { PrivateHost, isPrivateAddress, publicLookup } from "@ringfence/services/platform/network";
import SftpClient from "ssh2-sftp-client";
import { RunFault } from "../jobs/platform/run-fault.ts";
import { unreachable } from "./http-client.ts";

export type SftpPlace = { host: string; port: number; user: string; hostKey?: string | undefined };

export type SftpAccess = {
  /** A password or a private key. */
  secret: string | null;
  /** Hosts inside private networks that may be called all the same, `name` or `name:port`. */
  privateHosts: readonly string[];
  signal: AbortSignal;
};

const SILENCE_MAX_MS = 60_000;

/**
 * Connects to an SFTP server, calls `use`, and disconnects. Only a server that shows the key `hostKey` is trusted. If
 * `hostKey` is missing, no server is: the fault then states the key that the server showed, so that an officer can
 * check it and enter it.
 * @throws RunFault if the server cannot be used
 */
export async function withSftp<T>(
  place: SftpPlace,
  access: SftpAccess,
  use: (sftp: SftpClient) => Promise<T>,
): Promise<T> {
  const { signal } = access;
  // Errors surface where they are awaited; by default the library also writes them to the log.
  const sftp = new SftpClient("ringfence", { error() {}, end() {}, close() {} });
  const stop = () => void sftp.end().catch(() => {});
  signal.addEventListener("abort", stop);
  try {
    await signIn(sftp, place, access);
    signal.throwIfAborted();
    return await use(sftp);
  } catch (error) {
    throw signal.aborted ? error : toRunFault(error, place);
  } finally {
    signal.removeEventListener("abort", stop);
    await sftp.end().catch(() => {});
  }
}

async function signIn(sftp: SftpClient, place: SftpPlace, access: SftpAccess) {
  const { secret, privateHosts, signal } = access;
  const { host, port, user, hostKey } = place;
  const address = { hostname: host, port: String(port), protocol: "sftp:" };
  const mayBePrivate = isNamedHost(privateHosts, address);
  if (!mayBePrivate && isPrivateAddress(host)) throw privateFault(place);

  let shownKey = "";
  const isKey = secret?.includes("PRIVATE KEY") === true;
  try {
    await sftp.connect({
      sock: await openSocket(host, port, mayBePrivate, signal),
      username: user,
      ...(isKey ? { privateKey: secret } : { password: secret ?? "" }),
      readyTimeout: SILENCE_MAX_MS,
      hostVerifier(key: Buffer) {
        shownKey = `SHA256:${createHash("sha256").update(key).digest("base64").replace(/=+$/, "")}`;
        return shownKey === hostKey;
      },
    });
  } catch (error) {
    if (shownKey === "" || shownKey === hostKey) throw error;
    const key = hostKey === undefined ? "source.host-key-unknown" : "source.host-key-other";
    throw new RunFault({ key, values: { host, key: shownKey } }, { cause: error });
  }
}

/** Opens the socket here, so that the address that was checked is the one used. */
function openSocket(
  host: string,
  port: number,
  mayBePrivate: boolean,
  signal: AbortSignal,
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, ...(mayBePrivate ? {} : { lookup: publicLookup }) });
    socket.setTimeout(SILENCE_MAX_MS, () => socket.destroy(new Error("ETIMEDOUT")));
    signal.addEventListener("abort", () => socket.destroy(new Error("ETIMEDOUT")), { once: true });
    socket.once("connect", () => resolve(socket)).once("error", reject);
  });
}

const privateFault = ({ host }: SftpPlace) =>
  new RunFault({ key: "source.private-host", values: { host } });

function toRunFault(error: unknown, place: SftpPlace) {
  if (error instanceof RunFault || !(error instanceof Error)) return error;
  if (error instanceof PrivateHost) return privateFault(place);
  const { host } = place;
  if (/authentication methods failed|privateKey/i.test(error.message)) {
    return new RunFault({ key: "source.refused", values: { host } }, { cause: error });
  }
  return unreachable(host, error);
}
