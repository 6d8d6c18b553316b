import { defineEvent } from "../../platform/internal.ts";

/** Raised when calls are recorded: refusals among them may pause their campaign at once. */
export const callsRecorded =
  defineEvent<readonly { campaign: string; outcome: string | null }[]>("callsRecorded");
