import { z } from "zod";
import { ConsentId, PersonCodeId } from "../../platform/ids.ts";

/** Asks for a code to the phone of a person who wants to see their record. */
export const RequestPersonCode = z.object({ phone: z.string(), locale: z.enum(["en", "ru"]) });
export type RequestPersonCode = z.infer<typeof RequestPersonCode>;

/** The code as the person typed it. */
export const ConfirmPersonCode = z.object({ id: PersonCodeId, code: z.string() });
export type ConfirmPersonCode = z.infer<typeof ConfirmPersonCode>;

/** Withdraws one consent of the acting person. */
export const WithdrawOwnConsent = z.object({ consent: ConsentId });
export type WithdrawOwnConsent = z.infer<typeof WithdrawOwnConsent>;
