import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { connect, type Socket } from "node:net";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import type { RegistrySource } from "@ringfence/core/registry";
import SftpClient from "ssh2-sftp-client";
import { isPrivateAddress, PrivateHost, publicLookup } from "@ringfence/services/network";
import { RunFault } from "../jobs/run-fault.ts";
import { limitBytes } from "./limit-bytes.ts";
import type { Asking, Publication } from "./publication.ts";
import { unreachable } from "./request-file.ts";
import { inTemporaryFolder, placeIn } from "./temporary-folder.ts";

type Sftp = Extract<RegistrySource, { kind: "sftp" }>;
type RemoteFile = { name: string; place: string; size: number; modifiedAt: number };

const SILENCE_MAX_MS = 60_000;

/** A file, or all files of a folder, of an SFTP server, if any of them is another than before. */
export async function fetchSftp(source: Sftp, asking: Asking): Promise<Publication> {
  const { known, signal } = asking;
  // What goes wrong is told where it is waited for; by default the library writes it to the log too.
  const sftp = new SftpClient("registry", { error() {}, end() {}, close() {} });
  const stop = () => void sftp.end().catch(() => {});
  signal.addEventListener("abort", stop);
  try {
    await signIn(sftp, source, asking);
    const remote = await listFiles(sftp, source.path);
    const etag = createHash("sha256").update(JSON.stringify(remote)).digest("hex");
    if (known?.etag === etag) {
      return { files: "unchanged", validators: known, close: () => Promise.resolve() };
    }
    return await inTemporaryFolder(async (folder) => {
      for (const [index, { name, place }] of remote.entries()) {
        const target = createWriteStream(placeIn(folder, index), { mode: 0o600 });
        await pipeline(sftp.createReadStream(place), limitBytes(name), target, { signal });
      }
      const files = remote.map(({ name }, index) => ({ name, path: placeIn(folder, index) }));
      return { files, validators: { etag } };
    });
  } catch (error) {
    throw signal.aborted ? error : explained(error, source);
  } finally {
    signal.removeEventListener("abort", stop);
    await sftp.end().catch(() => {});
  }
}

async function signIn(sftp: SftpClient, source: Sftp, { secret, settings }: Asking) {
  const { host, port, user, hostKey } = source;
  const mayBePrivate = [host, `${host}:${port}`].some((name) =>
    settings.privateHosts.includes(name),
  );
  if (!mayBePrivate && isPrivateAddress(host)) throw privateFault(source);

  let shownKey = "";
  const isKey = secret?.includes("PRIVATE KEY") === true;
  try {
    await sftp.connect({
      sock: await openSocket(host, port, mayBePrivate),
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

/** Opened here, so that the address that was checked is the one that is used. */
function openSocket(host: string, port: number, mayBePrivate: boolean): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, ...(mayBePrivate ? {} : { lookup: publicLookup }) });
    socket.setTimeout(SILENCE_MAX_MS, () => socket.destroy(new Error("ETIMEDOUT")));
    socket.once("connect", () => resolve(socket)).once("error", reject);
  });
}

async function listFiles(sftp: SftpClient, place: string): Promise<RemoteFile[]> {
  const kind = await sftp.exists(place);
  if (kind === false)
    throw new RunFault({ key: "source.folder-missing", values: { folder: place } });
  if (kind !== "d") {
    const { size, modifyTime } = await sftp.stat(place);
    return [{ name: path.posix.basename(place), place, size, modifiedAt: modifyTime }];
  }
  const entries = await sftp.list(place);
  const files = entries.filter(({ type, name }) => type === "-" && !name.startsWith("."));
  if (files.length === 0) {
    throw new RunFault({ key: "source.folder-empty", values: { folder: place } });
  }
  const found = files.map(({ name, size, modifyTime }) => ({
    name,
    place: path.posix.join(place, name),
    size,
    modifiedAt: modifyTime,
  }));
  return found.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

const privateFault = ({ host }: Sftp) =>
  new RunFault({ key: "source.private-host", values: { host } });

function explained(error: unknown, source: Sftp) {
  if (error instanceof RunFault || !(error instanceof Error)) return error;
  if (error instanceof PrivateHost) return privateFault(source);
  const { host } = source;
  if (/authentication methods failed|privateKey/i.test(error.message)) {
    return new RunFault({ key: "source.refused", values: { host } }, { cause: error });
  }
  return unreachable(host, error);
}
