import { hash, verify } from "@node-rs/argon2";
import { ZxcvbnFactory } from "@zxcvbn-ts/core";
import { adjacencyGraphs, dictionary } from "@zxcvbn-ts/language-common";
import { type TransactionContext, generateSecret } from "../../platform/internal.ts";

/** The minimum for argon2id in OWASP's Password Storage Cheat Sheet: 19 MiB, two passes. */
const hashCost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Normalizes letters that keyboards encode in two ways, such as й (NIST SP 800-63B). */
const normalizePassword = (password: string) => password.normalize("NFC");

/** Hashes a password for storage (argon2id), with a new salt at each call. `isPassword` compares. */
export const hashPassword = (password: string) => hash(normalizePassword(password), hashCost);

/** Hash that matches no password, and takes as long to check as a real one. */
const dummyHash =
  "$argon2id$v=19$m=19456,t=2,p=1$kgD7MulZv0Viv8MJOkd9Jw$fTS0RkA+n9hEoSPlOLqVaNPEJfcXD8beniOyNn+CFpw";

/**
 * Returns whether a password has this hash. Takes as long if there is no hash, so that the time reveals
 * nothing.
 */
export async function isPassword(passwordHash: string | undefined, password: string) {
  const hasOne = passwordHash !== undefined && passwordHash !== "";
  const matches = await verify(hasOne ? passwordHash : dummyHash, normalizePassword(password));
  return matches && hasOne;
}

/** Created on first use, because most processes never need it. */
let estimator: ZxcvbnFactory | undefined;

/**
 * Lowest accepted score, of 0 to 4. Below it, a password is found within a hundred million guesses, far
 * more than sign-in allows.
 */
const MIN_SCORE = 3;

/**
 * Returns whether a password is common, or made of common passwords, keyboard rows or what is known about
 * its owner (`about`, such as name and e-mail), even if typed on a Russian keyboard. NIST SP 800-63B
 * requires such a list, and no rules about characters.
 */
export function isGuessable(password: string, about: readonly string[]): boolean {
  estimator ??= new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
  const ownWords = ["Ringfence", ...about].flatMap(splitWords);
  return [password, typeOnLatinKeys(password)].some(
    (spelled) => (estimator?.check(spelled, ownWords).score ?? 0) < MIN_SCORE,
  );
}

const splitWords = (text: string) => {
  const words = text.split(/[^\p{L}\p{N}]+/u);
  return [text, words.join(""), ...words].filter((word) => word.length > 2);
};

const keyboardRows = [
  ["йцукенгшщзхъфывапролджэячсмитьбюё", "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"],
  ["ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮЁ", 'QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>~'],
] as const;
const latinKey = new Map(
  keyboardRows.flatMap(([cyrillic, latin]) =>
    Array.from(cyrillic, (key, i) => [key, latin.charAt(i)]),
  ),
);

/**
 * Converts Russian letters to those on the same keys of an English keyboard, because people type words that
 * way.
 */
const typeOnLatinKeys = (password: string) =>
  Array.from(password, (key) => latinKey.get(key) ?? key).join("");

/** Letters and digits without look-alikes, because the password is read out and typed. */
const unambiguousLetters = "abcdefghijkmnpqrstuvwxyz23456789";

/**
 * Creates a password of 100 random bits, in five groups of four. The member signs in with it once and chooses
 * their own.
 */
export const createFirstPassword = async (ctx: TransactionContext): Promise<string> => {
  const secret = await generateSecret(ctx);
  const characters = Array.from(secret.subarray(0, 20), (byte) =>
    unambiguousLetters.charAt(byte % unambiguousLetters.length),
  );
  return characters.join("").replaceAll(/.{4}(?=.)/g, "$&-");
};
