// oxlint-disable-next-line house/no-ambient-input -- a type alone
import type { KeyObject } from "node:crypto";
import type { OrganizationId } from "@ringfence/core/ids";
import type { Phone } from "@ringfence/core/people/phone";
import type { KeyWrapping, Sealing } from "./sealing-keys.ts";
import type { PhoneSecret } from "./phone-key.ts";
import type { SigningKey } from "./signing-key.ts";

/** Keys of this installation. They never leave the process that opened them. */
export type Keys = {
  /** Signs permits, and officers' answers about consent forms. */
  readonly permit: SigningKey;
  /** Keys whose permits count: the current one, and those rotated within the last day. */
  readonly permitKeys: readonly SigningKey[];
  /** Signs statements for the ledger. */
  readonly statement: SigningKey;
  /** Keys whose statements count: the current one and all earlier ones. */
  readonly statementKeys: readonly SigningKey[];
  /** Wraps the data keys of the vault. */
  readonly vault: KeyWrapping;
  /** Generates random bytes for salts and data keys. */
  random: (bytes: number) => Uint8Array;
  /**
   * Hashes a number with the keys that this process knows. To find an erased number, use `phoneSecret` with
   * the generation that the database names in the same query.
   */
  phoneKey: (organizationId: OrganizationId, phone: Phone) => Uint8Array<ArrayBuffer>;
  /**
   * Loads the keys with which `computePhoneKey` hashes, up to a generation of the master key. Fails if the key was
   * rotated and this process lacks the new one, because opt-outs of erased numbers would then not be found.
   */
  phoneSecret: (organizationId: OrganizationId, generation: number) => Promise<PhoneSecret>;
  /** Encrypts secrets that have to be read again: of registry sources, outside systems and authenticators. */
  sealing: Sealing;
  /**
   * Keys of 32 bytes for the MACs of events, which show a screening what our own code wrote. The first one computes
   * MACs; the others come from earlier master keys, and their MACs still count.
   */
  eventKeys: (organizationId: OrganizationId) => readonly [KeyObject, ...KeyObject[]];
  /**
   * Computes HMAC-SHA-256 of a text under the organization's key for one use, which proves that we wrote it.
   */
  mac: (organizationId: OrganizationId, use: MacUse, text: string) => Uint8Array;
  /** Computes `mac` with every key that still counts for the use. */
  macs: (organizationId: OrganizationId, use: MacUse, text: string) => Uint8Array[];
  /** True if `sent` equals one of these MACs, or the beginning of one (at least 10 bytes). */
  isMac: (organizationId: OrganizationId, use: MacUse, text: string, sent: Uint8Array) => boolean;
  /** Opens keys that were rotated since the last time. Fails if a file is missing or wrong. */
  refresh: () => Promise<void>;
};

/**
 * Use of a MAC. A MAC for one use never counts for another. `SHORT_LIVED` in to-keys.ts lists the uses that end a day
 * after a rotation, and `CONSTANT` those that no rotation changes.
 */
export type MacUse =
  | "form token"
  | "hosted form token"
  | "own form token"
  | "confirmation code"
  | "confirmation link"
  | "stop link"
  | "receipt link"
  | "consent receipt link"
  | "member link"
  | "report link"
  | "sign-in place"
  | "recovery code"
  | "passkey challenge"
  | "person code"
  | "mailbox"
  | "own record link"
  | "hold-out group"
  | "burst lifting"
  | "refusal address"
  | "refusal challenge";
