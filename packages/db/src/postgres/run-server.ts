import { spawn } from "node:child_process";
import path from "node:path";
import getPort from "get-port";
import { CannotStart } from "./cannot-start.ts";
import { bareEnv, postgresUser } from "./postgres-user.ts";

export type Server = {
  port: number;
  /**
   * Stops the server. `fast` rolls back open transactions and writes the rest to disk. `immediate` is like a
   * power failure: committed data is recovered from the log at the next start.
   */
  stop: (how?: "fast" | "immediate") => Promise<void>;
  /** Resolves when the server ends, for any reason, with the last part of its log. */
  exited: Promise<string>;
};

/**
 * Runs a server on data that no other server uses, on the given port or a free one. Resolves when it accepts
 * connections. This process reads its log: if its event loop is blocked for long, so is the server, on a full pipe.
 */
export async function runServer(
  bin: string,
  dataFolder: string,
  settings: Readonly<Record<string, string>>,
  fixedPort?: number,
): Promise<Server> {
  const options = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  for (let attempt = 1; ; attempt++) {
    const port = fixedPort ?? (await getPort());
    const args = ["-D", dataFolder, "-p", String(port), ...options];
    const server = launch(path.join(bin, "postgres"), args);
    const log = await Promise.race([server.ready, server.exited]);
    if (log === null) return { port, stop: server.stop, exited: server.exited };
    // Another program may have taken the port since.
    if (attempt < 3 && fixedPort === undefined && log.includes("Address already in use")) continue;
    throw new CannotStart(`PostgreSQL did not start. The last it said:\n${log}`);
  }
}

function launch(program: string, args: string[]) {
  // Its own process group: Ctrl-C must not stop it before those that use it.
  const child = spawn(program, args, {
    ...postgresUser,
    detached: true,
    env: bareEnv,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let log = "";
  const ready = new Promise<null>((resolve) => {
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      log = (log + text).slice(-4000);
      if (/ready to accept (read-only )?connections/.test(log)) resolve(null);
    });
  });
  const exited = new Promise<string>((resolve) => {
    child.once("error", ({ message }) => resolve(message));
    child.once("close", () => resolve(log));
  });
  const stop = async (how: "fast" | "immediate" = "fast") => {
    child.kill(how === "fast" ? "SIGINT" : "SIGQUIT");
    await exited;
  };
  return { ready, exited, stop };
}
