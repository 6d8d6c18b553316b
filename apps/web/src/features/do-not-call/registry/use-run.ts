"use client";

import type { RunView } from "@ringfence/services/platform/run";
import { useTRPC } from "@/trpc/client";
import { usePolled } from "@/trpc/use-polled";

/** A run as it is now; once it stands otherwise than it was rendered, the page is rendered anew. */
export function useRun(rendered: RunView): RunView {
  const trpc = useTRPC();
  return usePolled(
    trpc.run.read.queryOptions({ runId: rendered.id }),
    rendered,
    (now, before) => now.status !== before.status || now.error?.key !== before.error?.key,
  );
}
