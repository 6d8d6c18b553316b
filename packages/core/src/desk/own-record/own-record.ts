import { z } from "zod";
import { PurposeKey } from "../../account/purpose/index.ts";
import { ConsentId, PersonCodeId } from "../../platform/ids.ts";
import { TimelineCursor } from "../number/index.ts";

/** Asks for a code to the phone of a person who wants to see their record. */
export const RequestPersonCode = z.object({ phone: z.string(), locale: z.enum(["en", "ru"]) });
export type RequestPersonCode = z.infer<typeof RequestPersonCode>;

/** The code as the person typed it. */
export const ConfirmPersonCode = z.object({ id: PersonCodeId, code: z.string() });
export type ConfirmPersonCode = z.infer<typeof ConfirmPersonCode>;

/** Reads the record of the acting person, with the calls that follow a cursor, which are earlier ones. */
export const ReadOwnRecord = z.object({ callsAfter: TimelineCursor.optional() });
export type ReadOwnRecord = z.infer<typeof ReadOwnRecord>;

/** Withdraws one consent of the acting person. */
export const WithdrawOwnConsent = z.object({ consent: ConsentId });
export type WithdrawOwnConsent = z.infer<typeof WithdrawOwnConsent>;

/** Topics about which the acting person wants no calls. It only narrows: what they left out stays as it was. */
export const DeclineTopics = z.object({ topics: z.array(PurposeKey).min(1).max(100) });
export type DeclineTopics = z.infer<typeof DeclineTopics>;
