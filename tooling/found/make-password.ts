import { randomBytes } from "node:crypto";

/** Without letters and digits that look alike; 32, so that each byte tells five bits. */
const alphabet = "abcdefghijkmnpqrstuvwxyz23456789";
const SIZE = 20;

/** A password that nobody chose: 100 random bits, in groups that people can copy. */
export const makePassword = () =>
  Array.from(randomBytes(SIZE), (byte) => alphabet[byte % alphabet.length])
    .join("")
    .replaceAll(/.{4}(?!$)/g, "$&-");
