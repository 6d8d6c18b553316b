// Nothing here is random but salts, data keys and nonces.
// oxlint-disable-next-line house/no-ambient-input
import { createHmac, type KeyObject, randomBytes, timingSafeEqual } from "node:crypto";
import type { OrganizationId } from "@ringfence/core/ids";
import { deriveKey } from "./derive-key.ts";
import { currentOf, type KeyRing } from "./key-ring.ts";
import { fileWrapping } from "./key-wrapping.ts";
import type { Keys, MacUse } from "./keys.ts";
import { phoneKeyBy } from "./phone-key.ts";
import { sealingKeys } from "./sealing-keys.ts";

/** Uses whose codes end within hours: those of a key that was rotated out stop counting after a day. */
const SHORT_LIVED: ReadonlySet<MacUse> = new Set([
  "form token",
  "person code",
  "own record link",
  "refusal challenge",
]);

/** Uses whose codes are never handed out and have to stay the same for ever. */
const CONSTANT: ReadonlySet<MacUse> = new Set(["hold-out group"]);

/** No shorter code is taken. */
const LEAST_MAC_BYTES = 10;

/** What a process does with its keys. `reload` opens the ring anew, with what was rotated meanwhile. */
export function createKeys(opened: KeyRing, reload: () => Promise<KeyRing>): Keys {
  let ring = opened;
  let reloading: Promise<void> | null = null;
  const refresh = () =>
    (reloading ??= reload()
      .then((read) => void (ring = read))
      .finally(() => (reloading = null)));

  const keyOf = rememberDerived(() => ring);
  const macBy = (generation: number, ...[organizationId, use, text]: MacOf) =>
    hmac(keyOf(generation, organizationId, use), text);
  const sealing = sealingKeys(() => ring.master.map(({ secret }) => secret));

  return {
    get permit() {
      return currentOf(ring.permit, "permit").signing;
    },
    get permitKeys() {
      return ring.permit.filter(({ isOver }) => !isOver).map(({ signing }) => signing);
    },
    get statement() {
      return currentOf(ring.statement, "statement").signing;
    },
    get statementKeys() {
      return ring.statement.map(({ signing }) => signing);
    },
    get vault() {
      return fileWrapping(() => ring.vault.map(({ secret }) => secret), refresh);
    },
    random: (bytes) => randomBytes(bytes),
    phoneKey: (organizationId, phone) =>
      phoneKeyBy(
        ring.master.map(({ generation }) => keyOf(generation, organizationId, "phone key")),
        phone,
      ),
    async phoneSecret(organizationId, generation) {
      if (ring.master.length < generation) await refresh();
      const chain = ring.master.slice(0, generation);
      if (chain.length < generation) throw new Error("a master key was rotated, and is not here");
      return chain.map((key) => keyOf(key.generation, organizationId, "phone key"));
    },
    recordKeys: (id) => newestFirst(ring, (generation) => keyOf(generation, id, "record key")),
    mac(organizationId, use, text) {
      const { generation } = CONSTANT.has(use)
        ? currentOf(ring.master.slice(0, 1), "master")
        : currentOf(ring.master, "master");
      return macBy(generation, organizationId, use, text);
    },
    isMac(organizationId, use, text, sent) {
      if (sent.length < LEAST_MAC_BYTES) return false;
      return macsOf(organizationId, use, text).some((mac) => isBeginning(sent, mac));
    },
    macs: (organizationId, use, text) => macsOf(organizationId, use, text),
    sealing,
    refresh,
  };

  function macsOf(...[organizationId, use, text]: MacOf) {
    return ring.master
      .filter(({ isOver }) => !(isOver && SHORT_LIVED.has(use)))
      .map(({ generation }) => macBy(generation, organizationId, use, text));
  }
}

/** One of each generation of the master key. */
function newestFirst<T>({ master }: KeyRing, of: (generation: number) => T): [T, ...T[]] {
  const current = currentOf(master, "master");
  const others = master.filter((key) => key !== current);
  return [of(current.generation), ...others.map(({ generation }) => of(generation))];
}

type MacOf = [organizationId: OrganizationId, use: MacUse, text: string];

/** Keys that are derived of a generation of the master key, each once: to derive one takes longer than to use it. */
function rememberDerived(ring: () => KeyRing) {
  const derived = new Map<string, KeyObject>();
  return (
    generation: number,
    organizationId: OrganizationId,
    use: "phone key" | "record key" | MacUse,
  ) => {
    const name = `${generation} ${organizationId} ${use}`;
    const known = derived.get(name);
    if (known) return known;
    const master = ring().master.find((key) => key.generation === generation);
    if (!master) throw new Error(`there is no master key of generation ${generation}`);
    const key = deriveKey(master.secret, organizationId, use);
    derived.set(name, key);
    return key;
  };
}

const hmac = (key: KeyObject, text: string) =>
  new Uint8Array(createHmac("sha256", key).update(text).digest());

/** Takes the same time for all. */
function isBeginning(sent: Uint8Array, mac: Uint8Array): boolean {
  const own = mac.subarray(0, sent.length);
  return sent.length === own.length && timingSafeEqual(sent, own);
}
