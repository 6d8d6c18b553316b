import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTRPC } from "@/trpc/client";

/** Connects a dialer, and goes to its page. */
export function useConnect() {
  const trpc = useTRPC();
  const router = useRouter();
  return useMutation(
    trpc.endpoint.connect.mutationOptions({
      onSuccess: ({ id }) => router.push(`/endpoints/${id}`),
    }),
  );
}
