// Takes the jobs of the long lane: files, registries and segments. A worker starts this as a process of its own
// (`start-long-jobs.ts`), so that deliveries of opt-outs do not wait while millions of rows are read.
import { jobs } from "./jobs/jobs.ts";
import { openInstallation } from "./installation.ts";
import { startWorker } from "./start-worker.ts";

// The worker has ended, however it did: another one takes over its jobs.
process.once("disconnect", () => process.exit());

const { tools, close } = await openInstallation();
const worker = await startWorker({
  ...tools,
  countJob: (measured) => process.send?.(measured),
  jobs: jobs.filter(({ lane }) => lane === "long"),
});

let isStopping = false;
async function stop() {
  if (isStopping) return;
  isStopping = true;
  await worker.stop();
  await close();
  process.exit();
}

for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void stop());
