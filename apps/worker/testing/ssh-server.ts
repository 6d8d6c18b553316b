import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { userInfo } from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import getPort from "get-port";
import { onTestFinished } from "vitest";
import { aFolder } from "./folder.ts";

const places = ["/usr/sbin/sshd", "/usr/local/sbin/sshd", "/usr/bin/sshd"];
export const sshd = places.find((place) => existsSync(place));
export const noSshd =
  "there is no OpenSSH server here: install one (Debian: apt-get install openssh-server)";

/**
 * OpenSSH on this machine, for the user who runs the test and their key, until the test ends. No
 * file may exceed `mostKiB`: more is refused, as by a full disk.
 */
export async function anSshServer(program: string, { mostKiB = 0 } = {}) {
  const folder = await aFolder();
  const [hostKey, userKey, otherKey] = ["host", "user", "other"].map((name) =>
    makeKey(folder, name),
  );
  const port = await getPort();
  const config = path.join(folder, "sshd_config");
  await writeFile(
    config,
    [
      `Port ${port}`,
      "ListenAddress 127.0.0.1",
      `HostKey ${hostKey}`,
      `AuthorizedKeysFile ${userKey}.pub`,
      `PidFile ${folder}/sshd.pid`,
      "StrictModes no",
      "UsePAM no",
      "PasswordAuthentication no",
      "PermitRootLogin prohibit-password",
      "Subsystem sftp internal-sftp",
    ].join("\n"),
  );
  // Debian's service creates this folder, and no service runs here.
  if (process.getuid?.() === 0) mkdirSync("/run/sshd", { recursive: true });
  const limit = mostKiB > 0 ? `trap "" XFSZ; ulimit -f ${mostKiB};` : "";
  const run = `${limit} exec "$@"`;
  const server = spawn("bash", ["-c", run, "sshd", program, "-D", "-f", config], {
    stdio: "ignore",
  });
  onTestFinished(() => void server.kill());
  await answers(port, server);

  const [, blob = ""] = (await readFile(`${hostKey}.pub`, "utf8")).split(" ");
  const digest = createHash("sha256").update(Buffer.from(blob, "base64")).digest("base64");
  return {
    host: "127.0.0.1",
    port,
    user: userInfo().username,
    hostKey: `SHA256:${digest.replace(/=+$/, "")}`,
    key: await readFile(userKey ?? "", "utf8"),
    otherKey: await readFile(otherKey ?? "", "utf8"),
    stop: () => server.kill(),
  };
}

function makeKey(folder: string, name: string) {
  const file = path.join(folder, name);
  execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", file]);
  return file;
}

/** Waits until a port answers: OpenSSH prints nothing when it is ready. */
async function answers(port: number, server: ChildProcess) {
  while (server.exitCode === null) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, "127.0.0.1", () => resolve(true)).once("error", () =>
        resolve(false),
      );
      socket.once("connect", () => socket.destroy());
    });
    if (isOpen) return;
    await setTimeout(20);
  }
  throw new Error(`sshd ended with ${server.exitCode}`);
}
