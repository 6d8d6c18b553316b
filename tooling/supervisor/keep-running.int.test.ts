import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { aDatabase, aFolder } from "@ringfence/db/testing";
import getPort from "get-port";
import { expect, it, onTestFinished } from "vitest";
import { root } from "./installation-settings.ts";

/** Time for a start to create a database, load the demo and bring up three programs. */
const PATIENCE_MS = 240_000;

const pages = `import { createServer } from "node:http";
createServer((_, response) => response.end("pages")).listen(Number(process.env.PORT));`;

/** Runs a command that sees the program's folder read-only, as services do. Needs root. */
const readOnly = [
  "unshare",
  "--mount",
  "sh",
  "-c",
  'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && cd "$0" && exec "$@"',
  root,
];
const canMount = spawnSync("unshare", ["--mount", "true"]).status === 0;
if (!canMount) console.warn("The start from a read-only folder is not tested: that needs root.");

/**
 * Starts an installation on ports and data of its own, with a PostgreSQL of its own unless a database is given.
 * `within` is a command that runs another one.
 */
async function startInstallation(
  program: string,
  { databaseUrl = "", within = [] }: { databaseUrl?: string; within?: readonly string[] } = {},
) {
  const folder = aFolder();
  const web = path.join(folder, "pages.mjs");
  writeFileSync(web, program);
  const [webPort, apiPort] = [await getPort(), await getPort()];
  const main = path.join(root, "tooling/testing/installation-without-pages.ts");
  const [command, ...args] = [...within, process.execPath, main, web];
  const supervisor = spawn(command, args, {
    cwd: root,
    detached: true,
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      PUBLIC_URL: "",
      API_URL: "",
      LANG: "C",
      WEB_PORT: String(webPort),
      API_PORT: String(apiPort),
      RINGFENCE_STATE: path.join(folder, "state"),
    },
  });
  const exited = once(supervisor, "exit");
  onTestFinished(async () => {
    supervisor.kill("SIGTERM");
    await exited;
  }, PATIENCE_MS);
  const output = readOutput(supervisor);
  return { supervisor, exited, ...output, api: `http://127.0.0.1:${apiPort}/readyz` };
}

/** Collects the output of an installation, and waits for a line after the last one waited for. */
function readOutput({ stdout, stderr }: Pick<ChildProcess, "stdout" | "stderr">) {
  let [text, read] = ["", 0];
  let notify: (() => void) | undefined;
  for (const stream of [stdout, stderr]) {
    stream?.setEncoding("utf8").on("data", (more: string) => {
      text += more;
      notify?.();
    });
    stream?.on("close", () => notify?.());
  }
  const waitForLine = async (wanted: string) => {
    for (;;) {
      const at = text.indexOf(wanted, read);
      if (at !== -1) return void (read = at + wanted.length);
      if (stdout?.closed) throw new Error(`“${wanted}” was never said:\n${text}`);
      await new Promise<void>((resolve) => (notify = resolve));
    }
  };
  return { waitForLine, text: () => text };
}

/** Process ids of an installation's parts, by kind. */
function findPartProcesses({ pid }: ChildProcess): Record<string, number> {
  const parts = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && readParent(name) === pid)
    .map((name) => [partName(readCommand(name)), Number(name)] as const);
  return Object.fromEntries(parts);
}

const read = (file: string) => (existsSync(file) ? readFileSync(file, "utf8") : "");
const readParent = (pid: string) => Number(/\) \w (\d+)/.exec(read(`/proc/${pid}/stat`))?.[1]);
const readCommand = (pid: string) => read(`/proc/${pid}/cmdline`);

const partName = (command: string) =>
  ["apps/api/", "apps/worker/", "pages.mjs", "postgres"].find((part) => command.includes(part)) ??
  command;

/** The mounts that a process sees: device, folder and options of each. */
const readMounts = ({ pid }: ChildProcess) => read(`/proc/${pid}/mountinfo`);

const isAlive = (pid: number) => existsSync(`/proc/${pid}`);

it(
  "restarts a killed part, says so, and leaves the other parts alone",
  async () => {
    const { supervisor, exited, waitForLine, api } = await startInstallation(pages);
    await waitForLine("Ringfence is ready.");
    const before = findPartProcesses(supervisor);
    expect(Object.keys(before).toSorted()).toEqual([
      "apps/api/",
      "apps/worker/",
      "pages.mjs",
      "postgres",
    ]);
    const kill = (part: string) =>
      process.kill(findPartProcesses(supervisor)[part] ?? 0, "SIGKILL");

    kill("apps/api/");
    await waitForLine("api ended with 137");
    await waitForLine("api starts again in 1 s");
    await waitForLine("api works again");
    expect((await fetch(api)).status).toBe(200);
    const { "apps/api/": newApi, ...others } = findPartProcesses(supervisor);
    const { "apps/api/": oldApi, ...othersBefore } = before;
    expect(newApi).not.toBe(oldApi);
    expect(others).toEqual(othersBefore);

    kill("apps/worker/");
    await waitForLine("worker ended with 137");
    await waitForLine("worker starts again in 1 s");
    await waitForLine("worker starts again\n");

    kill("postgres");
    await waitForLine("PostgreSQL ended.");
    await waitForLine("PostgreSQL works again");
    await expect
      .poll(async () => (await fetch(api).catch(() => null))?.status, {
        timeout: 60_000,
      })
      .toBe(200);
    expect(findPartProcesses(supervisor)).toMatchObject({ "pages.mjs": before["pages.mjs"] });

    kill("pages.mjs");
    await waitForLine("web starts again in 1 s");
    const running = Object.values(findPartProcesses(supervisor));
    process.kill(supervisor.pid ?? 0, "SIGINT");
    expect(await exited).toEqual([130, null]);
    expect(running.filter(isAlive)).toEqual([]);
  },
  PATIENCE_MS,
);

it(
  "does not start if a part cannot, and says which",
  async () => {
    const { exited, text } = await startInstallation("process.exit(3);", {
      databaseUrl: await aDatabase(),
    });
    expect(await exited).toEqual([1, null]);
    expect(text()).toContain("web ended with 3: what it said is above.");
    expect(text()).not.toMatch(/starts again|is ready/);
  },
  PATIENCE_MS,
);

it.skipIf(!canMount)(
  "starts from a folder that it cannot write, for all that it writes is in its state folder",
  async () => {
    const databaseUrl = await aDatabase();
    const { supervisor, exited, waitForLine, text } = await startInstallation(pages, {
      databaseUrl,
      within: readOnly,
    });
    await waitForLine("Ringfence is ready.");
    expect(readMounts(supervisor)).toMatch(new RegExp(` ${root} ro,`));
    expect(text()).not.toMatch(/EROFS|read-only/i);
    process.kill(supervisor.pid ?? 0, "SIGTERM");
    expect(await exited).toEqual([143, null]);
  },
  PATIENCE_MS,
);
