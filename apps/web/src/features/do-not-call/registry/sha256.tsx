import { CopyButton } from "@/components/copy-button";

/** Begins as a list of its kind would show it; the whole is one click away. */
export const Sha256 = ({ hash }: { hash: string }) => (
  <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
    <code>{hash.slice(0, 16)}…</code>
    <CopyButton text={hash} />
  </span>
);
