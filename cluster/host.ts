import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  openSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { createNamespace, kill, listProcesses, runTool, toNamespace } from "./network.ts";

/** A program of a host, which is started again when it ends, as systemd does. */
export type Program = {
  /** Ends it without warning. It starts again by itself. */
  kill: () => void;
  /** Freezes it, until `resume`. */
  pause: () => void;
  resume: () => void;
  /** Number of times that it was started. */
  starts: () => number;
};

type ProgramSettings = {
  name: string;
  command: string;
  args: readonly string[];
  env?: Readonly<Record<string, string>>;
  /** False for a program that does not start under `faketime`, and needs no clock. */
  needsClock?: boolean;
  /** File of a program that it starts, all of whose processes end with it, as with `KillMode=control-group` of systemd. */
  endsWithIt?: string;
};

export type Host = ReturnType<typeof createHost>;

/** Pause before an ended program starts again. */
const restartMs = 1_000;

const findClockLibrary = () =>
  execFileSync("faketime", ["-f", "+0s", "printenv", "LD_PRELOAD"], {
    env: { ...process.env, FAKETIME_DISABLE_SHM: "1" },
    encoding: "utf8",
  }).trim();

type HostSettings = {
  name: string;
  address: string;
  /** Folder of the whole cluster. */
  folder: string;
  /** System user of its programs. */
  user?: string;
  /** Size of a disk of its own, in megabytes. Without one, its folder is on the disk of this machine. */
  diskMb?: number;
};

/**
 * Creates a host: a network namespace with an address, a folder and a clock of its own. Its processes are those of this
 * machine.
 */
export function createHost({ name, address, folder, user = "root", diskMb }: HostSettings) {
  createNamespace(name, address);
  const home = path.join(folder, name);
  mkdirSync(home);
  if (diskMb !== undefined) mountDisk(`${home}.img`, home, diskMb);
  runTool("chown", user, home);
  // Outside of its disk, so that they work while it is full.
  const clock = `${home}.clock`;
  const log = openSync(`${home}.log`, "a");
  writeFileSync(clock, "+0s");
  const clockEnvironment = {
    LD_PRELOAD: findClockLibrary(),
    FAKETIME_TIMESTAMP_FILE: clock,
    FAKETIME_CACHE_DURATION: "1",
    FAKETIME_DONT_FAKE_MONOTONIC: "1",
    FAKETIME_DISABLE_SHM: "1",
  };
  let isStopped = false;

  return {
    name,
    address,
    home,
    /** Runs a program until the host is stopped. */
    run({
      name: program,
      command,
      args,
      env = {},
      needsClock = true,
      endsWithIt,
    }: ProgramSettings): Program {
      let child: ChildProcess;
      let starts = 0;
      const start = () => {
        if (isStopped) return;
        starts++;
        const asUser = ["setpriv", `--reuid=${user}`, `--regid=${user}`, "--clear-groups"];
        const line = ["netns", "exec", toNamespace(name), ...asUser, command, ...args];
        child = spawn("ip", line, {
          cwd: home,
          env: {
            PATH: process.env.PATH,
            ...(needsClock && clockEnvironment),
            ...env,
          },
          stdio: ["ignore", log, log],
        });
        child.once("error", (error) => console.error(`${program} of ${name}: ${error.message}`));
        child.once("exit", () => {
          if (endsWithIt !== undefined) killProgram(name, endsWithIt);
          setTimeout(start, restartMs).unref();
        });
      };
      const signal = (sent: NodeJS.Signals) => void child.kill(sent);
      start();
      return {
        kill: () => signal("SIGKILL"),
        pause: () => signal("SIGSTOP"),
        resume: () => signal("SIGCONT"),
        starts: () => starts,
      };
    },
    /** Sets its clock off by this many seconds. Programs notice within a second. */
    setClock: (seconds: number) => writeFileSync(clock, `${seconds < 0 ? "" : "+"}${seconds}s`),
    /** Fills its disk to the last byte. */
    fillDisk() {
      const free = runTool("df", "--output=avail", "--block-size=1", home).split("\n")[1] ?? "0";
      // What is written meanwhile may have taken the rest.
      for (let bytes = Number(free); bytes > 4_096; bytes = Math.floor(bytes / 2))
        try {
          runTool("fallocate", "--length", String(bytes), path.join(home, `ballast-${bytes}`));
        } catch {
          continue;
        }
    },
    emptyDisk: () => runTool("find", home, "-maxdepth", "1", "-name", "ballast-*", "-delete"),
    /** Ends all of its programs without warning, as a power failure does. They start again by themselves. */
    crash: () => listProcesses(name).forEach((pid) => kill(pid)),
    stop() {
      isStopped = true;
      listProcesses(name).forEach((pid) => kill(pid));
    },
  };
}

/** Kills all processes of a host that run the program in this file, without warning. */
export function killProgram(host: string, file: string) {
  for (const pid of listProcesses(host)) if (findProgramFile(pid) === file) kill(pid);
}

/** Finds the file of the program that a process runs. Null if the process has ended. */
function findProgramFile(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/exe`);
  } catch {
    return null;
  }
}

/** Mounts a disk that takes space only for what is written to it. */
function mountDisk(image: string, home: string, megabytes: number) {
  runTool("truncate", "--size", `${megabytes}M`, image);
  runTool("mkfs.ext4", "-q", "-m", "0", image);
  runTool("mount", "-o", "loop", image, home);
  rmSync(path.join(home, "lost+found"), { recursive: true });
}

/** Unmounts the disks in the folder of a cluster. */
export function unmountDisks(folder: string) {
  if (!existsSync(folder)) return;
  const mounts = runTool("findmnt", "--raw", "--noheadings", "--output", "TARGET").split("\n");
  for (const mount of mounts)
    if (mount.startsWith(`${folder}/`)) runTool("umount", "--lazy", mount);
}

/** Makes a folder that programs of other users may enter. */
export function makeFolder(folder: string) {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o755);
}
