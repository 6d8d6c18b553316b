// Only `random` returns random bytes. Everything else here is computed from the keys.
// oxlint-disable-next-line house/no-ambient-input
import {
  type KeyObject,
  createHmac,
  createSecretKey,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from "node:crypto";
import type { OrganizationId } from "@ringfence/core/ids";
import { type KeyRing, getCurrentKey } from "./key-ring.ts";
import { createFileWrapping, createSealing } from "./sealing-keys.ts";
import type { Keys, MacUse } from "./keys.ts";
import { computePhoneKey } from "./phone-key.ts";

/** Uses whose MACs are needed only for hours. Those of a rotated key stop counting after a day. */
const SHORT_LIVED: ReadonlySet<MacUse> = new Set([
  "form token",
  "hosted form token",
  "own form token",
  "person code",
  "own record link",
  "refusal challenge",
  "passkey challenge",
]);

/**
 * Uses whose MACs must stay the same after a rotation, so they are always computed with the first master key. That is
 * safe because these MACs are never handed out.
 */
const CONSTANT: ReadonlySet<MacUse> = new Set(["hold-out group"]);

/** Shorter beginnings of a MAC are refused. */
const MIN_MAC_BYTES = 10;

/**
 * Creates the operations that a process performs with its keys. `reload` opens the key ring again, with the
 * keys rotated since.
 */
export function toKeys(opened: KeyRing, reload: () => Promise<KeyRing>): Keys {
  let ring = opened;
  let reloading: Promise<void> | null = null;
  const refresh = () =>
    (reloading ??= reload()
      .then((read) => void (ring = read))
      .finally(() => (reloading = null)));

  const derivedKey = rememberDerived(() => ring);
  const computeMac = (generation: number, ...[organizationId, use, text]: MacArguments) =>
    hmac(derivedKey(generation, organizationId, use), text);
  const sealing = createSealing(() => ring.master.map(({ secret }) => secret));

  return {
    get permit() {
      return getCurrentKey(ring.permit, "permit").signing;
    },
    get permitKeys() {
      return ring.permit.filter(({ isOver }) => !isOver).map(({ signing }) => signing);
    },
    get statement() {
      return getCurrentKey(ring.statement, "statement").signing;
    },
    get statementKeys() {
      return ring.statement.map(({ signing }) => signing);
    },
    get vault() {
      return createFileWrapping(() => ring.vault.map(({ secret }) => secret), refresh);
    },
    random: (bytes) => randomBytes(bytes),
    phoneKey: (organizationId, phone) =>
      computePhoneKey(
        ring.master.map(({ generation }) => derivedKey(generation, organizationId, "phone key")),
        phone,
      ),
    async phoneSecret(organizationId, generation) {
      if (ring.master.length < generation) await refresh();
      const chain = ring.master.slice(0, generation);
      if (chain.length < generation)
        throw new Error("the master key was rotated, and this process lacks the new one");
      return chain.map((key) => derivedKey(key.generation, organizationId, "phone key"));
    },
    eventKeys: (id) => currentFirst(ring, (generation) => derivedKey(generation, id, "record key")),
    mac(organizationId, use, text) {
      const { generation } = CONSTANT.has(use)
        ? getCurrentKey(ring.master.slice(0, 1), "master")
        : getCurrentKey(ring.master, "master");
      return computeMac(generation, organizationId, use, text);
    },
    isMac: (organizationId, use, text, sent) =>
      sent.length >= MIN_MAC_BYTES &&
      computeMacs(organizationId, use, text).some((mac) => isBeginning(sent, mac)),
    macs: (organizationId, use, text) => computeMacs(organizationId, use, text),
    sealing,
    refresh,
  };

  function computeMacs(...[organizationId, use, text]: MacArguments) {
    return ring.master
      .filter(({ isOver }) => !(isOver && SHORT_LIVED.has(use)))
      .map(({ generation }) => computeMac(generation, organizationId, use, text));
  }
}

/** Derives a key from each generation of the master key: first from the current one, then from the oldest on. */
function currentFirst<T>({ master }: KeyRing, derive: (generation: number) => T): [T, ...T[]] {
  const current = getCurrentKey(master, "master");
  const others = master.filter((key) => key !== current);
  return [derive(current.generation), ...others.map(({ generation }) => derive(generation))];
}

type MacArguments = [organizationId: OrganizationId, use: MacUse, text: string];

/**
 * Derives keys from generations of the master key, each only once, because deriving takes longer than using.
 */
function rememberDerived(ring: () => KeyRing) {
  const derived = new Map<string, KeyObject>();
  return (
    generation: number,
    organizationId: OrganizationId,
    use: "phone key" | "record key" | MacUse,
  ) => {
    const name = `${generation} ${organizationId} ${use}`;
    const cached = derived.get(name);
    if (cached) return cached;
    const master = ring().master.find((key) => key.generation === generation);
    if (!master) throw new Error(`there is no master key of generation ${generation}`);
    const key = deriveKey(master.secret, organizationId, use);
    derived.set(name, key);
    return key;
  };
}

const hmac = (key: KeyObject, text: string) =>
  new Uint8Array(createHmac("sha256", key).update(text).digest());

/** True if a MAC begins with what was sent. Compares in constant time. */
function isBeginning(sent: Uint8Array, mac: Uint8Array): boolean {
  const beginning = mac.subarray(0, sent.length);
  return sent.length === beginning.length && timingSafeEqual(sent, beginning);
}

/** Derives an organization's key for one use from one generation of the master key. */
export function deriveKey(
  master: Uint8Array,
  organizationId: OrganizationId,
  use: "phone key" | "record key" | MacUse,
): KeyObject {
  const bytes = hkdfSync("sha256", master, organizationId, `ringfence ${use}`, 32);
  return createSecretKey(new Uint8Array(bytes)); // five times faster to use than bytes are
}
