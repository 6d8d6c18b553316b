import { z } from "zod";
import { PurposeKey } from "../../account/purpose/index.ts";
import { ConsentId, PersonCodeId, PhoneId } from "../../platform/ids.ts";
import { Locale } from "../../platform/message/index.ts";
import { TimelineCursor } from "../number/index.ts";

/** Asks for a code to the phone of a person who wants to see their record. */
export const RequestPersonCode = z.object({ phone: z.string(), locale: z.enum(["en", "ru"]) });
export type RequestPersonCode = z.infer<typeof RequestPersonCode>;

/** The code as the person typed it. */
export const ConfirmPersonCode = z.object({ id: PersonCodeId, code: z.string() });
export type ConfirmPersonCode = z.infer<typeof ConfirmPersonCode>;

/** How a code reaches a person: by text message to the phone, read aloud by a member, or in a letter. */
export const PersonCodeMeans = z.enum(["sms", "spoken", "letter"]);
export type PersonCodeMeans = z.infer<typeof PersonCodeMeans>;

/** Makes a code for the person of a phone, which a member hands to them. */
export const HandOutCode = z.strictObject({ phoneId: PhoneId });
export type HandOutCode = z.infer<typeof HandOutCode>;

/** The code that somebody handed to a person, and their number, as they typed them. */
export const OpenByHandedCode = z.object({ phone: z.string(), code: z.string() });
export type OpenByHandedCode = z.infer<typeof OpenByHandedCode>;

/** Reads the record of the acting person, with the calls that follow a cursor, which are earlier ones. */
export const ReadOwnRecord = z.object({ callsAfter: TimelineCursor.optional() });
export type ReadOwnRecord = z.infer<typeof ReadOwnRecord>;

/** Asks for what the acting person said with their phone, in a file for another company (GDPR art. 20). */
export const CopyOwnData = z.strictObject({ locale: Locale });
export type CopyOwnData = z.infer<typeof CopyOwnData>;

/** Withdraws one consent of the acting person. */
export const WithdrawOwnConsent = z.object({ consent: ConsentId });
export type WithdrawOwnConsent = z.infer<typeof WithdrawOwnConsent>;

/** Topics about which the acting person wants no calls. It only narrows: what they left out stays as it was. */
export const DeclineTopics = z.object({ topics: z.array(PurposeKey).min(1).max(100) });
export type DeclineTopics = z.infer<typeof DeclineTopics>;
