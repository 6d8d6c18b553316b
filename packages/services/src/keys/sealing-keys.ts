// Deriving a key is deterministic.
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

/** Under a key of the organization's. */
export function sealingKeys(master: Buffer): Sealing {
  const sealOf = ({ organizationId }: SealedFor) =>
    sealWith(
      new Uint8Array(hkdfSync("sha256", master, organizationId, "ringfence sealing key", 32)),
    );

  return {
    seal: (sealedFor, text) => sealOf(sealedFor).seal(Buffer.from(text), contextOf(sealedFor)),
    open(sealedFor, sealed) {
      try {
        return Buffer.from(sealOf(sealedFor).open(sealed, contextOf(sealedFor))).toString();
      } catch {
        return null; // the tag does not fit
      }
    },
  };
}

const contextOf = ({ organizationId, purpose }: SealedFor) =>
  JSON.stringify([organizationId, purpose]);
