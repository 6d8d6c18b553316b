"use client";

import { useMutation } from "@tanstack/react-query";
import { useTRPC } from "@/trpc/client";
import { useRefreshed } from "@/trpc/use-refreshed";

/** Actions of officers on a burst. Each refreshes the page. */
export function useBurst() {
  const trpc = useTRPC();
  const options = useRefreshed();
  return {
    dismiss: useMutation(trpc.burst.dismiss.mutationOptions(options)),
    propose: useMutation(trpc.burst.proposeLifting.mutationOptions(options)),
    answer: useMutation(trpc.burst.answerLifting.mutationOptions(options)),
  };
}
