import type { TRPCClientError, TRPCLink } from "@trpc/client";
import type { AnyRouter } from "@trpc/server";
import { observable } from "@trpc/server/observable";

/**
 * Repeats a call that was refused because a proof of identity was missing, once the member has given it. The repeated
 * call is not repeated again. Calls that are refused while `ask` waits share its answer. A call that was sent before a
 * proof and is refused after it, because its answer was slow, is repeated without asking again.
 */
export function createProofLink<Router extends AnyRouter>(
  ask: () => Promise<boolean>,
): TRPCLink<Router> {
  let pending: Promise<boolean> | null = null;
  let proofs = 0;
  const askOnce = () =>
    (pending ??= ask()
      .then((isProved) => {
        if (isProved) proofs++;
        return isProved;
      })
      .finally(() => {
        pending = null;
      }));

  return () =>
    ({ op, next }) =>
      observable((observer) => {
        const proofsBefore = proofs;
        const repeat = async (refusal: TRPCClientError<Router>) => {
          const isProved = proofs > proofsBefore || (await askOnce());
          if (isProved) sent = next(op).subscribe(observer);
          else observer.error(refusal);
        };
        let sent = next(op).subscribe({
          next: (value) => observer.next(value),
          complete: () => observer.complete(),
          error: (error) => {
            if (error.data?.code === "PRECONDITION_REQUIRED") void repeat(error);
            else observer.error(error);
          },
        });
        return () => sent.unsubscribe();
      });
}
