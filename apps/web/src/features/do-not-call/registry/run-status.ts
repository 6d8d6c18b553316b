import type { RunView } from "@ringfence/services/platform/run";

/** It waits or works; what came of it is still to come. */
export const isOpen = ({ status }: Pick<RunView, "status">) =>
  status === "queued" || status === "running";

/** One that waits because its last attempt did not work out says so. */
export const statusOfRun = ({ status, error }: Pick<RunView, "status" | "error">) =>
  status === "queued" && error !== null ? "tries-again" : status;

/** How long it took, in seconds begun; null before its end. */
export const secondsOf = ({ startedAt, endedAt }: Pick<RunView, "startedAt" | "endedAt">) =>
  startedAt && endedAt && Math.ceil((endedAt.getTime() - startedAt.getTime()) / 1_000);
