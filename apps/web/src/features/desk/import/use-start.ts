"use client";

import type { ImportId } from "@ringfence/core/ids";
import type { Mapping } from "@ringfence/core/desk/import";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTRPC } from "@/trpc/client";

/** Gives a file to a worker; the page then shows how far it is. */
export function useStart(id: ImportId) {
  const trpc = useTRPC();
  const router = useRouter();
  const begin = useMutation(
    trpc.import.start.mutationOptions({ onSuccess: () => router.refresh() }),
  );
  return {
    start: (mapping: Mapping, isDryRun: boolean) => begin.mutate({ id, mapping, isDryRun }),
    // Until the page is rendered anew, there is nothing to be pressed again.
    isStarting: begin.isPending || begin.isSuccess,
    startFailure: begin.error?.message ?? null,
  };
}
