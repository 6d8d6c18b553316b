import type { ConsentEvent, ConsentEventType } from "@ringfence/core/consents/consent";
import type { OrganizationId } from "@ringfence/core/ids";
import type { Keys } from "../../platform/keys/keys.ts";
import { hashWords, type MacInput, verifyMacs } from "./event-mac.ts";

type ConsentWords = Pick<
  ConsentEvent,
  | "type"
  | "sellerId"
  | "purposes"
  | "channels"
  | "elements"
  | "isWritten"
  | "isProven"
  | "isImported"
>;

/** Hashes everything a consent says except its person and its dates. */
export const consentWords = ({
  type,
  sellerId,
  purposes,
  channels,
  elements,
  isWritten,
  isProven,
  isImported,
}: ConsentWords): Uint8Array =>
  hashWords([type, sellerId, purposes, channels, elements, isWritten, isProven, isImported]);

/**
 * True if an event can allow calls, and therefore needs our MAC. An invalidation can: it may bring back an
 * earlier consent without an end in place of a later one that has expired.
 */
export const needsMac = (type: ConsentEventType): boolean =>
  type === "granted" || type === "renewed" || type === "invalidated";

/**
 * Returns how an event counts without its required MAC: an invalidation as a withdrawal, which allows
 * nothing, and any other not at all.
 */
export const toUnauthenticatedType = (type: ConsentEventType): "withdrawn" | null =>
  type === "invalidated" ? "withdrawn" : null;

/** A recorded event with the input of its MAC. */
export type StoredConsent<Event> = {
  event: Event;
  input: Omit<MacInput, "kind"> & { mac: Uint8Array | null };
};

/**
 * Returns the events as they count, in their order. Null for an event that would allow calls but was not
 * written by our code.
 */
export function countConsents<Event extends { type: ConsentEventType }>(
  keys: Pick<Keys, "recordKeys">,
  organizationId: OrganizationId,
  stored: readonly StoredConsent<Event>[],
): (Event | null)[] {
  const asked = stored.filter(({ event }) => needsMac(event.type));
  const verified = verifyMacs(
    keys,
    organizationId,
    asked.map(({ input }) => ({ ...input, kind: "consent" as const })),
  );
  const forged = new Set(asked.filter((_, index) => verified[index] !== true));
  return stored.map((one) => {
    if (!forged.has(one)) return one.event;
    const type = toUnauthenticatedType(one.event.type);
    return type === null ? null : { ...one.event, type };
  });
}
