"use client";

import { useMutation } from "@tanstack/react-query";
import { useTRPC } from "@/trpc/client";
import { useRefreshed } from "@/trpc/use-refreshed";

/** Says what a code means; the page then shows it as it stands. */
export function useMapping() {
  const trpc = useTRPC();
  return useMutation(trpc.inbound.map.mutationOptions(useRefreshed()));
}
