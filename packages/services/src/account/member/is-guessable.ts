import { ZxcvbnFactory } from "@zxcvbn-ts/core";
import { adjacencyGraphs, dictionary } from "@zxcvbn-ts/language-common";

/** Read when it is first needed: most processes never ask. */
let estimator: ZxcvbnFactory | undefined;

/** Of five: what is below is found within a hundred million tries, far more than sign-in lets anybody have. */
const SCORE_MIN = 3;

/**
 * Whether a password is among the common ones, or made of them, of rows of keys or of what is known of
 * its owner (`about`, such as name and e-mail), also where it is written with a Russian keyboard.
 * NIST SP 800-63B asks for such a list, and for no rules about characters.
 */
export function isGuessable(password: string, about: readonly string[]): boolean {
  estimator ??= new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
  const known = ["Ringfence", ...about].flatMap(wordsOf);
  return [password, onLatinKeys(password)].some(
    (spelled) => (estimator?.check(spelled, known).score ?? 0) < SCORE_MIN,
  );
}

const wordsOf = (text: string) => {
  const words = text.split(/[^\p{L}\p{N}]+/u);
  return [text, words.join(""), ...words].filter((word) => word.length > 2);
};

const rows = [
  ["йцукенгшщзхъфывапролджэячсмитьбюё", "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"],
  ["ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮЁ", 'QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>~'],
] as const;
const latinKey = new Map(
  rows.flatMap(([cyrillic, latin]) => Array.from(cyrillic, (key, i) => [key, latin.charAt(i)])),
);

/** The same keys as an English keyboard has them: common passwords are words typed so. */
const onLatinKeys = (password: string) =>
  Array.from(password, (key) => latinKey.get(key) ?? key).join("");
