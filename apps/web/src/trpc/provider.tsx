"use client";
import { QueryClientProvider } from "@tanstack/react-query";
import { TRPCClientError, createTRPCClient, httpBatchLink } from "@trpc/client";
import type { CurrentMember } from "@ringfence/services/account/member";
import { type ReactNode, useState } from "react";
import superjson from "superjson";
import { ProofDialog } from "@/features/account/second-factor/proof-dialog";
import type { AppRouter } from "@/server/api";
import { TRPCProvider } from "./client";
import { createProofLink } from "./proof-link";
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

/** `ask` opens the dialog, and says whether the member proved who they are. `answer` is null while it is closed. */
function useProof() {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const ask = () =>
    new Promise<boolean>((resolve) => setAnswer(() => resolve)).finally(() => setAnswer(null));
  return { ask, answer };
}

/** Sends the browser to sign in when its session has ended, and back to this page afterwards. */
function signInAgain(error: Error) {
  const isOver = error instanceof TRPCClientError && error.data?.code === "UNAUTHORIZED";
  if (!isOver || typeof window === "undefined") return;

  const { pathname, search } = window.location;
  window.location.assign(`/sign-in?from=${encodeURIComponent(pathname + search)}`);
}
