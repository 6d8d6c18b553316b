import { z } from "zod";
import { endpointReason } from "../endpoint/index.ts";
import { nightlySchedule, ReadingSchedule } from "../registry/index.ts";

/** Schedule and reason for writing the blocked list for external systems. A null schedule turns it off. */
export const SetBlockedList = z.union([
  z.strictObject({ schedule: ReadingSchedule, reason: endpointReason }),
  z.strictObject({ schedule: z.null() }),
]);
export type SetBlockedList = z.infer<typeof SetBlockedList>;

/** Every night between four and five: two hours after `nightlySchedule`, in which registries are read. */
export const AFTER_REGISTRIES: ReadingSchedule = { ...nightlySchedule, fromMinute: 240 };

/** Number of editions whose changes are kept. A system that missed more must fetch the whole list. */
export const CHANGES_KEPT = 7;

export const BlockedEditionNumber = z.coerce.number().int().min(1);

/**
 * Asks for the last edition, or for the changes of an edition. `known` names the editions that the caller has,
 * by the SHA-256 of their whole files; `*` stands for any. Their content is not sent again.
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
  /** Size of the whole file, in lines without the header and in bytes. */
  lines: number;
  bytes: number;
  /** Lines that differ from the previous edition in more than their date (`compareEditions`). */
  added: number;
  removed: number;
  writtenAt: Date;
  /** API path of the whole list. */
  whole: string;
  /** API path of the changes since the previous edition; null if they are not kept. */
  changes: string | null;
};

/** Path relative to the API's address. */
export const blockedListPath = "/v1/blocked-list.csv";
export const blockedChangesPath = (edition: number) => `/v1/blocked-list/${edition}/changes.csv`;
