import { Phone } from "./phone.ts";

// A number in tables and files is its E.164 digits as an integer: fifteen at most, so that it is exact.

/** Throws for digits that are no E.164 number. */
export const phoneOfDigits = (digits: number): Phone => Phone.parse(`+${digits}`);

export const digitsOf = (phone: Phone): number => Number(phone.slice(1));
