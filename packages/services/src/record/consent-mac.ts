import type { ConsentEvent, ConsentEventType } from "@ringfence/core/consent";
import type { OrganizationId } from "@ringfence/core/ids";
import type { Keys } from "../keys/keys.ts";
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

/** The hash of all that a consent says beside whose it is and when. */
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
 * Whether an event can open anything, and so has to bear our MAC. One that finds a consent void can: an
 * earlier consent without an end then counts in the place of a later one that has ended.
 */
export const needsMac = (type: ConsentEventType): boolean =>
  type === "granted" || type === "renewed" || type === "invalidated";

/**
 * As what an event counts that needs our MAC and does not bear it: a grant for nothing, and what finds a
 * consent void as its withdrawal, which opens nothing.
 */
export const forgedType = (type: ConsentEventType): "withdrawn" | null =>
  type === "invalidated" ? "withdrawn" : null;

/** An event as it is on record, with what its MAC is of. */
export type StoredConsent<Event> = {
  event: Event;
  input: Omit<MacInput, "kind"> & { mac: Uint8Array | null };
};

/** Each event as it counts, in their order: null for one that opens something and was not written by our code. */
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
    const type = forgedType(one.event.type);
    return type === null ? null : { ...one.event, type };
  });
}
