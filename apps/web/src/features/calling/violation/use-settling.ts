"use client";

import { useMutation } from "@tanstack/react-query";
import { useTRPC } from "@/trpc/client";
import { useRefreshed } from "@/trpc/use-refreshed";

/** What can be done with a violation; the page then shows it as it stands. */
export function useSettling() {
  const trpc = useTRPC();
  const options = useRefreshed();
  return {
    assign: useMutation(trpc.violation.assign.mutationOptions(options)),
    note: useMutation(trpc.violation.note.mutationOptions(options)),
    close: useMutation(trpc.violation.close.mutationOptions(options)),
  };
}
