"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { showToast } from "@/components/toast";
import { useTRPC } from "@/trpc/client";

/** What can be done with a violation; the page then shows it as it stands. */
export function useSettling() {
  const trpc = useTRPC();
  const router = useRouter();
  const options = {
    onSuccess: () => router.refresh(),
    onError: ({ message }: { message: string }) => showToast({ tone: "bad", title: message }),
  };
  return {
    assign: useMutation(trpc.violation.assign.mutationOptions(options)),
    note: useMutation(trpc.violation.note.mutationOptions(options)),
    close: useMutation(trpc.violation.close.mutationOptions(options)),
  };
}
