// Deriving a key is deterministic.
// oxlint-disable-next-line house/no-ambient-input
import { hkdfSync } from "node:crypto";
import type { OrganizationId } from "@ringfence/core/ids";
import { type Seal, sealWith } from "./seal.ts";

/** What a sealed text belongs to: elsewhere it does not open. */
export type SealedFor = { organizationId: OrganizationId; purpose: string };

/** Encrypts texts that have to be read again, such as passwords of sources. */
export type Sealing = {
  seal: (sealedFor: SealedFor, text: string) => Uint8Array<ArrayBuffer>;
  /** Null where the text was sealed under another key, or for something else, or was changed. */
  open: (sealedFor: SealedFor, sealed: Uint8Array) => string | null;
};

/**
 * Seals with the last of these master keys, and opens what any of them has sealed. Each organization has its
 * own key, derived from the master key.
 */
export function sealingKeys(masters: () => readonly Uint8Array[]): Sealing {
  return {
    seal(sealedFor, text) {
      const current = masters().at(-1);
      if (current === undefined) throw new Error("there is no master key");
      const seal = sealFor(current, sealedFor);
      return seal.seal(new TextEncoder().encode(text), contextOf(sealedFor));
    },
    open(sealedFor, sealed) {
      for (const master of masters().toReversed()) {
        const opened = openWith(sealFor(master, sealedFor), sealedFor, sealed);
        if (opened !== null) return opened;
      }
      return null; // it is none of ours, or not as we made it
    },
  };
}

const sealFor = (master: Uint8Array, { organizationId }: SealedFor) =>
  sealWith(new Uint8Array(hkdfSync("sha256", master, organizationId, USE, 32)));

function openWith(seal: Seal, sealedFor: SealedFor, sealed: Uint8Array): string | null {
  try {
    return new TextDecoder().decode(seal.open(sealed, contextOf(sealedFor)));
  } catch {
    return null;
  }
}

const USE = "ringfence sealing key";
const contextOf = ({ organizationId, purpose }: SealedFor) =>
  JSON.stringify([organizationId, purpose]);
