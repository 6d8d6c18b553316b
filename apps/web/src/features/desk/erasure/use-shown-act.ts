"use client";

import { useRouter } from "next/navigation";

/** How an erasure ends: the act that says what went is shown. */
export function useShownAct() {
  const router = useRouter();
  return { onSuccess: ({ id }: { id: string }) => router.push(`/certificates/${id}`) };
}
