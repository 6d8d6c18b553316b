import { z } from "zod";
import { endpointReason } from "../endpoint/index.ts";
import { nightlySchedule, ReadingSchedule } from "../registry/index.ts";

/** Schedule and reason for writing the blocked list for external systems. A null schedule turns it off. */
export const SetBlockedList = z.union([
  z.strictObject({ schedule: ReadingSchedule, reason: endpointReason }),
  z.strictObject({ schedule: z.null() }),
]);
export type SetBlockedList = z.infer<typeof SetBlockedList>;

/** Every night, after the registries have been read. */
export const AFTER_REGISTRIES: ReadingSchedule = { ...nightlySchedule, fromMinute: 240 };

/** Number of editions whose changes are kept. A system that missed more must fetch the whole list. */
export const CHANGES_KEPT = 7;

export const BlockedEditionNumber = z.coerce.number().int().min(1);

/**
 * Asks for the last edition, or for the changes of an edition. `known` are the SHA-256 of the files that the
 * caller has already, or `*` if any will do: those are not sent again.
 */
export const OpenBlockedList = z.strictObject({
  edition: BlockedEditionNumber.optional(),
  known: z.union([z.literal("*"), z.array(z.string())]).optional(),
});
export type OpenBlockedList = z.infer<typeof OpenBlockedList>;

/** An edition, as external systems see it. */
export type BlockedEditionView = {
  edition: number;
  /** Hash of the whole file in hex, used as its ETag. */
  sha256: string;
  lines: number;
  bytes: number;
  added: number;
  removed: number;
  writtenAt: Date;
  /** API path of the whole list. `changes` is the path of its changes; null if they are no longer kept. */
  whole: string;
  changes: string | null;
};

/** Path relative to the API's address. */
export const blockedListPath = "/v1/blocked-list.csv";
export const blockedChangesPath = (edition: number) => `/v1/blocked-list/${edition}/changes.csv`;
