"use client";

import { useMutation } from "@tanstack/react-query";
import { useTRPC } from "@/trpc/client";
import { useRefreshed } from "@/trpc/use-refreshed";

/** What officers do about a refusal of a wrong number; the page then shows how it stands. */
export function useCorrections() {
  const trpc = useTRPC();
  const options = useRefreshed();
  return {
    propose: useMutation(trpc.optOut.proposeCorrection.mutationOptions(options)),
    answer: useMutation(trpc.optOut.answerCorrection.mutationOptions(options)),
  };
}
