import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** A text without what no person sees: NFC, and one space for every run of spaces and lines. */
export const comparableText = (text: string) =>
  text
    .normalize("NFC")
    .replaceAll(/[\s\u00AD\u200B]+/gu, " ")
    .trim();

/** SHA-256, in hex: whether the text that a page shows is the text that was published. */
export const textHash = (text: string) => bytesToHex(sha256(utf8ToBytes(comparableText(text))));
