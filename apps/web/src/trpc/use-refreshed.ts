"use client";

import { useRouter } from "next/navigation";
import { showToast } from "@/components/toast";

/** How a change ends that the page tells of by itself: the server renders it anew, or a toast says why not. */
export function useRefreshed() {
  const router = useRouter();
  return {
    onSuccess: () => router.refresh(),
    onError: ({ message }: { message: string }) => showToast({ tone: "bad", title: message }),
  };
}
