import { ChangeDialer, NewDialer } from "@ringfence/core/do-not-call/endpoint";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { SubmitEvent } from "react";
import { faultyFields, useWasSent } from "@/components/use-was-sent";
import { useTRPC } from "@/trpc/client";

/** The typed settings of a dialer, and the reason for connecting it. A known dialer needs no reason. */
type Typed = { given: object; reason: string };

/**
 * Connects a dialer, or changes how a known one is spoken to, and goes to its page. `faults` are the fields
 * that cannot be read, once it was submitted.
 */
export function useConnect(known: ChangeDialer | undefined, { given, reason }: Typed) {
  const trpc = useTRPC();
  const router = useRouter();
  const { wasSent, send } = useWasSent();
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
  const read = known
    ? ChangeDialer.safeParse({ ...given, endpointId: known.endpointId })
    : NewDialer.safeParse({ dialer: given, reason });
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    send(event);
    if (!read.data) return;
    if ("endpointId" in read.data) change.mutate(read.data);
    else connect.mutate(read.data);
  };
  const { error, isPending } = known === undefined ? connect : change;
  return { error, isPending, faults: faultyFields(wasSent, read.error), submit };
}
