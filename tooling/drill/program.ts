import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";

/** Children to kill when this process ends in any way. */
const living = new Set<ChildProcess>();
process.once("exit", () => living.forEach((child) => child.kill("SIGKILL")));

const PATIENCE_MS = 60_000;
const POLL_MS = 100;

type Settings = Readonly<Record<string, string>>;

/**
 * Starts a program of a checkout, by the Node of that checkout, as a process of its own. Its environment has these
 * settings and nothing else of ours.
 */
export function startProgram(
  root: string,
  main: string,
  { args = [], env }: { args?: readonly string[]; env: Settings },
) {
  const node = path.join(root, "node_modules/node/bin/node");
  const child = spawn(node, [path.join(root, main), ...args], {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      NODE_ENV: "production",
      LANG: "C",
      // Programs start many times; the cache spares them from compiling each time.
      NODE_COMPILE_CACHE:
        process.env.NODE_COMPILE_CACHE ?? path.join(tmpdir(), "ringfence-compiled"),
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  living.add(child);
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (output += text));
  const exited = once(child, "close").then(() => {
    living.delete(child);
    return { code: child.exitCode, output };
  });
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  return {
    exited,
    /** Waits until an address answers with 200. Rejects with the output if the program ends before. */
    async answers(url: string) {
      for (const until = performance.now() + PATIENCE_MS; performance.now() < until;) {
        if (hasEnded()) throw new Error(`${main} ended:\n${(await exited).output}`);
        const status = await fetch(url).then(
          (response) => response.status,
          () => null,
        );
        if (status === 200) return;
        await wait(POLL_MS);
      }
      throw new Error(`${url} did not answer in time:\n${output}`);
    },
    async stop(signal: NodeJS.Signals) {
      if (!hasEnded()) child.kill(signal);
      await exited;
    },
  };
}

/** Runs a command to its end, and returns its exit code, its output and how long it took. */
export async function runProgram(...program: Parameters<typeof startProgram>) {
  const begun = performance.now();
  const { code, output } = await startProgram(...program).exited;
  return { code, output, seconds: (performance.now() - begun) / 1_000 };
}
