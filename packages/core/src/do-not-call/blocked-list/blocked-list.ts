import { z } from "zod";
import { endpointReason } from "../endpoint/index.ts";
import { nightlySchedule, ReadingSchedule } from "../registry/index.ts";

/** When an organization's blocked list is written for systems outside, and what for; else it is not kept. */
export const SetBlockedList = z.union([
  z.strictObject({ schedule: ReadingSchedule, reason: endpointReason }),
  z.strictObject({ schedule: z.null() }),
]);
export type SetBlockedList = z.infer<typeof SetBlockedList>;

/** Every night, once registries have been read. */
export const AFTER_REGISTRIES: ReadingSchedule = { ...nightlySchedule, fromMinute: 240 };

/** Changes are kept of so many editions; whoever has missed more fetches the whole. */
export const CHANGES_KEPT = 7;

export const BlockedEditionNumber = z.coerce.number().int().min(1);

/** An edition, as systems outside are told of it. */
export type BlockedEditionView = {
  edition: number;
  /** Of the whole file, in hex: its ETag. */
  sha256: string;
  lines: number;
  bytes: number;
  added: number;
  removed: number;
  writtenAt: Date;
  /** Where the API gives the whole, and what is new in it; null where changes are kept no more. */
  whole: string;
  changes: string | null;
};

/** Below the address of the API. */
export const blockedListPath = "/v1/blocked-list.csv";
export const blockedChangesPath = (edition: number) => `/v1/blocked-list/${edition}/changes.csv`;
