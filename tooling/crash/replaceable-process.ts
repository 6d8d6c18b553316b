import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

/** Runs a process that restarts whenever it is killed, and collects the output of all its lives. */
export function startReplaceable(script: string, makeArguments: (life: number) => string[]) {
  const said: string[] = [];
  let life = 0;
  let child = start();

  function start(): ChildProcess {
    const file = path.join(import.meta.dirname, script);
    const made = spawn(process.execPath, [file, ...makeArguments(life++)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let rest = "";
    made.stdout.setEncoding("utf8").on("data", (text: string) => {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      said.push(...lines);
    });
    return made;
  }

  async function kill() {
    child.kill("SIGKILL");
    if (child.exitCode === null && child.signalCode === null) await once(child, "close");
  }

  return {
    said,
    kill,
    async replace() {
      await kill();
      child = start();
    },
  };
}
