import type { RunClaim, RunProgress } from "@ringfence/core/platform/run";
import type { RootContext } from "@ringfence/services/context";
import { sendHeartbeat } from "@ringfence/services/platform/run";
import { log } from "../../log.ts";

/** Renews the claim on a run every five seconds, and notices when it is no longer this worker's. */
export function startHeartbeat(ctx: RootContext, claim: RunClaim) {
  const lost = new AbortController();
  let progress: RunProgress = { rows: 0, bytes: 0 };

  const beat = async () => {
    try {
      if (!(await sendHeartbeat(ctx, { claim, progress }))) lost.abort();
    } catch (error) {
      // The database is away. Once it is back, the next beat shows whether the run is still ours.
      log.error({ err: error }, "a heartbeat was not recorded");
    }
  };
  const timer = setInterval(() => void beat(), BEAT_MS);

  return {
    /** Aborts when another worker has the run, or when it was canceled or has ended. */
    lost: lost.signal,
    report: (now: RunProgress) => {
      const isFirst = progress.rows === 0 && now.rows > 0;
      progress = now;
      // Show the first progress immediately.
      if (isFirst) void beat();
    },
    stop: () => clearInterval(timer),
  };
}

/** Interval at which a worker renews its claim on a run. */
export const BEAT_MS = 5_000;

/** Interval at which workers look for runs whose worker fell silent: `reviveRuns`. */
export const REVIVE_MS = 5_000;

/** Interval at which the queue is polled for jobs that nobody announced, such as released ones. */
export const POLL_MS = 2_000;
