import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

/** Starts a process that can be killed and replaced, and collects the output lines of all its lives. */
export function startReplaceable(script: string, makeArguments: (life: number) => string[]) {
  const output: string[] = [];
  let life = 0;
  let child = start();

  function start(): ChildProcess {
    const file = path.join(import.meta.dirname, script);
    const started = spawn(process.execPath, [file, ...makeArguments(life++)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let rest = "";
    started.stdout.setEncoding("utf8").on("data", (text: string) => {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      output.push(...lines);
    });
    return started;
  }

  async function kill() {
    child.kill("SIGKILL");
    if (child.exitCode === null && child.signalCode === null) await once(child, "close");
  }

  return {
    output,
    kill,
    async replace() {
      await kill();
      child = start();
    },
  };
}
