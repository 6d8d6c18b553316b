import { fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { longJobsEnvironment } from "./env.ts";
import { log } from "./log.ts";
import { type Repeated, repeat } from "./repeat.ts";
import { MeasuredJob } from "./measured-job.ts";

/** Pause before the process is started again. */
const RESTART_MS = 1_000;

const program = path.join(import.meta.dirname, "long-jobs.ts");

/**
 * Runs the long jobs in a process of their own until stopped, and starts it again if it ends. `countJob` is told of each
 * job that it has done.
 */
export function startLongJobs(countJob: (measured: MeasuredJob) => void): Repeated {
  let child: ReturnType<typeof fork> | null = null;
  const loop = repeat(RESTART_MS, async (isStopped) => {
    if (isStopped()) return;
    child = startProcess(countJob);
    const [code, signal] = await once(child, "exit");
    child = null;
    // It ends with 0 when the machine asks all programs to stop.
    if (code !== 0 && !isStopped()) log.error({ code, signal }, "the process of long jobs ended");
  });
  return {
    async stop() {
      const ended = loop.stop();
      child?.kill("SIGTERM");
      await ended;
    },
  };
}

function startProcess(countJob: (measured: MeasuredJob) => void) {
  const child = fork(program, { env: longJobsEnvironment });
  child.on("message", (message) => {
    const measured = MeasuredJob.safeParse(message);
    if (measured.success) countJob(measured.data);
  });
  return child;
}
