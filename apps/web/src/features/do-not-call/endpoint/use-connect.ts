import { ChangeDialer, NewDialer } from "@ringfence/core/do-not-call/endpoint";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTRPC } from "@/trpc/client";

/**
 * Connects a dialer, or changes how a known one is spoken to, and goes to its page. `faults` are the
 * fields of what was submitted last that could not be read.
 */
export function useConnect(known: ChangeDialer | undefined) {
  const trpc = useTRPC();
  const router = useRouter();
  const [faults, setFaults] = useState<readonly unknown[]>([]);
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
  const submit = (given: object, reason: string) => {
    const read = known
      ? ChangeDialer.safeParse({ ...given, endpointId: known.endpointId })
      : NewDialer.safeParse({ dialer: given, reason });
    setFaults(read.error?.issues.map(({ path }) => path.at(-1)) ?? []);
    if (!read.data) return;
    if ("endpointId" in read.data) change.mutate(read.data);
    else connect.mutate(read.data);
  };
  const { error, isPending } = known === undefined ? connect : change;
  return { error, isPending, faults, submit };
}
