// What is derived is the same each time.
// oxlint-disable-next-line house/no-ambient-input
import { hkdfSync } from "node:crypto";
import type { OrganizationId } from "@ringfence/core/ids";
import { sealWith } from "./seal.ts";

/** What a sealed text belongs to: elsewhere it does not open. */
export type SealedFor = { organizationId: OrganizationId; purpose: string };

/** Encrypts texts that have to be read again, such as passwords of sources. */
export type Sealing = {
  seal: (sealedFor: SealedFor, text: string) => Uint8Array<ArrayBuffer>;
  /** Null where the text was sealed under another key, or for something else, or was changed. */
  open: (sealedFor: SealedFor, sealed: Uint8Array) => string | null;
};

/** Under a key of each organization's own, which is derived from the installation's. */
export function sealingKeys(master: Buffer): Sealing {
  const sealOf = ({ organizationId }: SealedFor) =>
    sealWith(new Uint8Array(hkdfSync("sha256", master, organizationId, USE, 32)));

  return {
    seal: (sealedFor, text) =>
      sealOf(sealedFor).seal(new TextEncoder().encode(text), contextOf(sealedFor)),
    open(sealedFor, sealed) {
      try {
        const opened = sealOf(sealedFor).open(sealed, contextOf(sealedFor));
        return new TextDecoder().decode(opened);
      } catch {
        return null; // it is none of ours, or not as we made it
      }
    },
  };
}

const USE = "ringfence sealing key";
const contextOf = ({ organizationId, purpose }: SealedFor) =>
  JSON.stringify([organizationId, purpose]);
