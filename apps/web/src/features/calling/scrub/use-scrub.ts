"use client";

import type { ScrubView } from "@ringfence/services/calling/scrub";
import { useTRPC } from "@/trpc/client";
import { usePolled } from "@/trpc/use-polled";

/** A scrub as it is now; once it stands otherwise than it was rendered, the page is rendered anew. */
export function useScrub(rendered: ScrubView): ScrubView {
  const trpc = useTRPC();
  return usePolled(
    trpc.scrub.read.queryOptions({ scrubId: rendered.id }),
    rendered,
    (now, before) => now.status !== before.status || now.error?.key !== before.error?.key,
  );
}
