import type { ChangeDialer, ConnectDialer } from "@ringfence/core/endpoint";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTRPC } from "@/trpc/client";

/** Connects a dialer, or changes how a known one is spoken to, and goes to its page. */
export function useConnect(known: ChangeDialer | undefined) {
  const trpc = useTRPC();
  const router = useRouter();
  const show = (id: string) => {
    router.push(`/endpoints/${id}`);
    router.refresh();
  };
  const connect = useMutation(
    trpc.endpoint.connect.mutationOptions({ onSuccess: ({ id }) => show(id) }),
  );
  const change = useMutation(
    trpc.endpoint.changeDialer.mutationOptions({
      onSuccess: (_, { endpointId }) => show(endpointId),
    }),
  );
  const { error, isPending } = known === undefined ? connect : change;
  return {
    error,
    isPending,
    connect: (dialer: ConnectDialer) => connect.mutate(dialer),
    change: (dialer: ChangeDialer) => change.mutate(dialer),
  };
}
