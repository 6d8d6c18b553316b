import { defineEvent } from "../../platform/internal.ts";

/** New calls of campaigns are on record: those that say no may pause their campaign at once. */
export const callsRecorded =
  defineEvent<readonly { campaign: string; outcome: string | null }[]>("callsRecorded");
