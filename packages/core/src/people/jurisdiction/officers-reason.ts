import { withMessage } from "../../platform/message/index.ts";
import { storableText } from "../../platform/text/index.ts";
import { readPhone } from "../phone/index.ts";

/**
 * An officer's reason for a decision about the law: at least ten characters, so that another person can understand
 * it.
 */
export const OfficersReason = storableText(500).min(10, withMessage("jurisdiction.reason-short"));

/**
 * A reason that stays on record with a decision that is never deleted, so an erasure cannot reach it. It takes neither
 * a phone number nor an e-mail address. A name is not recognized: the forms ask to name nobody.
 */
export const PermanentReason = OfficersReason.refine(
  (text) => !hasMailbox(text) && !hasPhone(text),
  withMessage("jurisdiction.reason-personal"),
);

const hasMailbox = (text: string) => /[^\s@]@[^\s@]+\.[^\s@]/.test(text);

/** Dates and times, whose digits would otherwise look like those of a number. */
const DATE = /\d{4}-\d{2}-\d{2}(?:T[\d:.]+Z?)?|\d{1,2}[./]\d{1,2}[./]\d{4}/g;

/** Digits of a phone number, with what people write between them. */
const DIGITS = /\+?\(?\d(?:[ ().\u00A0-]{0,3}\d){8,14}/g;

/** True if some digits are a valid number as they stand, or as people in the USA or Russia write their own. */
const hasPhone = (text: string) =>
  [...text.replaceAll(DATE, "/").matchAll(DIGITS)].some(([digits]) =>
    ["US", "RU"].some((region) => "phone" in readPhone(digits, region)),
  );
