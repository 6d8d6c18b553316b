// oxlint-disable-next-line house/no-ambient-input -- a type alone
import type { KeyObject } from "node:crypto";
import type { OrganizationId } from "@ringfence/core/ids";
import type { Phone } from "@ringfence/core/phone";
import type { KeyWrapping } from "./key-wrapping.ts";
import type { PhoneSecret } from "./phone-key.ts";
import type { Sealing } from "./sealing-keys.ts";
import type { SigningKey } from "./signing-key.ts";

/** The keys of this installation. They never leave the process that opened them. */
export type Keys = {
  /** Signs leave to dial, and what it rests on. */
  readonly permit: SigningKey;
  /** The keys whose permits count: the current one, and those that were rotated out within a day. */
  readonly permitKeys: readonly SigningKey[];
  /** Signs what goes into the ledger. */
  readonly statement: SigningKey;
  /** The keys whose statements count: the current one, and those that were rotated out. */
  readonly statementKeys: readonly SigningKey[];
  /** Wraps the data keys of the vault. */
  readonly vault: KeyWrapping;
  /** For salts and data keys. */
  random: (bytes: number) => Uint8Array;
  /**
   * Keyed hash of a number under the keys that this process knows. To look for an erased number, take
   * `phoneSecret` of the generation that the database names in the same statement.
   */
  phoneKey: (organizationId: OrganizationId, phone: Phone) => Uint8Array<ArrayBuffer>;
  /**
   * What `phoneKeyBy` hashes numbers with, up to a generation of the master key. Fails where the key was
   * rotated and is not here: without it, refusals of erased numbers are not found.
   */
  phoneSecret: (organizationId: OrganizationId, generation: number) => Promise<PhoneSecret>;
  /** Keeps secrets that have to be read again: of sources, and of systems outside. */
  sealing: Sealing;
  /**
   * The keys, of 32 bytes, by which a screening knows that our own code wrote an event: the first makes
   * MACs, and the others are those of master keys that were rotated out.
   */
  recordKeys: (organizationId: OrganizationId) => readonly [KeyObject, ...KeyObject[]];
  /** HMAC-SHA-256 of a text under the organization's key for one use: only we can have written it. */
  mac: (organizationId: OrganizationId, use: MacUse, text: string) => Uint8Array;
  /** What `mac` answered under each key that still counts for the use. */
  macs: (organizationId: OrganizationId, use: MacUse, text: string) => Uint8Array[];
  /** Whether `sent` is one of these, or the beginning of one: 10 bytes at least. */
  isMac: (organizationId: OrganizationId, use: MacUse, text: string, sent: Uint8Array) => boolean;
  /** Opens what was rotated since the keys were opened; fails where a file is missing or wrong. */
  refresh: () => Promise<void>;
};

/** What a code is for, so that one for another use is none. */
export type MacUse =
  | "form token"
  | "confirmation code"
  | "confirmation link"
  | "stop link"
  | "receipt link"
  | "member link"
  | "person code"
  | "mailbox"
  | "own record link"
  | "hold-out group"
  | "refusal address"
  | "refusal challenge";
