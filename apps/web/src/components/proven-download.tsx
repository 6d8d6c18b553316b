"use client";
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTRPC } from "@/trpc/client";
import { DownloadLink } from "./buttons";
import { showToast } from "./toast";

/**
 * Returns a function that asks the member to prove who they are, unless they just have, and then calls `go`.
 * A route that answers with a file cannot ask, so the page does it before.
 */
export function useProven(): (go: () => void) => void {
  const trpc = useTRPC();
  const { mutate } = useMutation(
    trpc.secondFactor.requireProof.mutationOptions({
      onError: ({ message }) => showToast({ tone: "bad", title: message }),
    }),
  );
  return (go) => mutate(undefined, { onSuccess: go });
}

/** Downloads a file of personal data, once the member has proved who they are. */
export function ProvenDownload({ href, children }: { href: string; children: ReactNode }) {
  const download = useProven();
  return (
    <DownloadLink
      href={href}
      onClick={(event) => {
        event.preventDefault();
        download(() => window.location.assign(href));
      }}
    >
      {children}
    </DownloadLink>
  );
}
