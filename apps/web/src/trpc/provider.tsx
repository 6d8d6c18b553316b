"use client";
import { QueryClientProvider } from "@tanstack/react-query";
import { TRPCClientError, type TRPCLink, createTRPCClient, httpBatchLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import type { CurrentMember } from "@ringfence/services/account/member";
import { type ReactNode, useState } from "react";
import superjson from "superjson";
import { ProofDialog } from "@/features/account/second-factor/proof-dialog";
import type { AppRouter } from "@/server/api";
import { TRPCProvider } from "./client";
import { makeQueryClient } from "./query-client";

type ApiProviderProps = Pick<CurrentMember, "proves" | "hasPasskey"> & { children: ReactNode };

/** Lets the components below call the server. If a call needs a proof of who the member is, it asks for one. */
export function ApiProvider({ proves, hasPasskey, children }: ApiProviderProps) {
  const { ask, answer } = useProof();
  const [queryClient] = useState(() => makeQueryClient(signInAgain));
  const [trpcClient] = useState(() =>
    createTRPCClient<AppRouter>({
      links: [createProofLink(ask), httpBatchLink({ url: "/api/trpc", transformer: superjson })],
    }),
  );

  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider queryClient={queryClient} trpcClient={trpcClient}>
        {children}
        {answer && <ProofDialog proves={proves} hasPasskey={hasPasskey} onAnswer={answer} />}
      </TRPCProvider>
    </QueryClientProvider>
  );
}

type Answer = (isProved: boolean) => void;

/** `ask` opens the dialog; calls that ask while it is open share its answer. `answer` is null while it is closed. */
function useProof() {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [ask] = useState(() => {
    let pending: Promise<boolean> | null = null;
    const open = () => new Promise<boolean>((resolve) => setAnswer(() => resolve));
    return () =>
      (pending ??= open().finally(() => {
        pending = null;
        setAnswer(null);
      }));
  });
  return { ask, answer };
}

type Refusal = TRPCClientError<AppRouter>;

/** Repeats a call that was refused because a proof was missing, once the member has given it. */
const createProofLink =
  (ask: () => Promise<boolean>): TRPCLink<AppRouter> =>
  () =>
  ({ op, next }) =>
    observable((observer) => {
      const send = (isRepeated: boolean) =>
        next(op).subscribe({
          next: (value) => observer.next(value),
          complete: () => observer.complete(),
          error(error) {
            if (isRepeated || error.data?.code !== "PRECONDITION_REQUIRED") observer.error(error);
            else void repeat(error);
          },
        });
      const repeat = async (error: Refusal) => ((await ask()) ? send(true) : observer.error(error));
      const sent = send(false);
      return () => sent.unsubscribe();
    });

/** Sends the browser to sign in when its session has ended, and back to this page afterwards. */
function signInAgain(error: Error) {
  const isOver = error instanceof TRPCClientError && error.data?.code === "UNAUTHORIZED";
  if (!isOver || typeof window === "undefined") return;

  const { pathname, search } = window.location;
  window.location.assign(`/sign-in?from=${encodeURIComponent(pathname + search)}`);
}
