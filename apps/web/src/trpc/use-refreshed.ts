"use client";

import { useRouter } from "next/navigation";
import { showToast } from "@/components/toast";

/** Mutation options that refresh the page after success and show an error in a toast. */
export function useRefreshed() {
  const router = useRouter();
  return {
    onSuccess: () => router.refresh(),
    onError: ({ message }: { message: string }) => showToast({ tone: "bad", title: message }),
  };
}
