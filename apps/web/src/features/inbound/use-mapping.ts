"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { showToast } from "@/components/toast";
import { useTRPC } from "@/trpc/client";

/** Says what a code means; the page then shows it as it stands. */
export function useMapping() {
  const trpc = useTRPC();
  const router = useRouter();
  return useMutation(
    trpc.inbound.map.mutationOptions({
      onSuccess: () => router.refresh(),
      onError: ({ message }) => showToast({ tone: "bad", title: message }),
    }),
  );
}
