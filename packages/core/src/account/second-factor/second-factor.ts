import { z } from "zod";

/** Minutes after a proof in which a member may do what a stolen session must not do. */
export const PROOF_MINUTES = 5;

/** The same for a member without a second factor. Whoever is asked for a password often types it anywhere. */
export const PASSWORD_PROOF_MINUTES = 60;

/** Minutes within which a member proves the second factor after the password. */
export const FACTOR_MINUTES = 10;

/** Recovery codes that a member gets at a time. */
export const RECOVERY_CODES = 10;

/** Days until the second factor is needed, if the owner lets members prepare. */
export const GRACE_DAYS = 7;

/** A code of an authenticator or a recovery code, as it is typed. */
export const FactorCode = z.string().trim().min(1).max(40);

/** How a signed-in member proves again who they are. */
export const IdentityProof = z.union([
  z.strictObject({ code: FactorCode }),
  z.strictObject({ password: z.string().min(1).max(1024) }),
]);
export type IdentityProof = z.infer<typeof IdentityProof>;

/** From when every member needs a second factor. */
export const SecondFactorPolicy = z.enum(["nobody", "now", "after-grace"]);
export type SecondFactorPolicy = z.infer<typeof SecondFactorPolicy>;

/** Reads the six digits of an authenticator, which may be spaced. Null for any other text. */
export function readAuthenticatorCode(typed: string): string | null {
  const digits = typed.replaceAll(/[\s-]/g, "");
  return /^\d{6}$/.test(digits) ? digits : null;
}

/** Letters and digits without look-alikes. */
const RECOVERY_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";
const RECOVERY_LENGTH = 10;

/** Number of random bytes that a recovery code is made of: 50 bits of them count. */
export const RECOVERY_BYTES = RECOVERY_LENGTH;

/** Writes a recovery code, such as `k7mpq-x2vta`, with random bytes. */
export function writeRecoveryCode(random: Uint8Array): string {
  const letters = Array.from(random.subarray(0, RECOVERY_LENGTH), (byte) =>
    RECOVERY_LETTERS.charAt(byte % RECOVERY_LETTERS.length),
  ).join("");
  return `${letters.slice(0, RECOVERY_LENGTH / 2)}-${letters.slice(RECOVERY_LENGTH / 2)}`;
}

/** Reads a recovery code, however it is spaced and capitalized. Null for any other text. */
export function readRecoveryCode(typed: string): string | null {
  const letters = typed.toLowerCase().replaceAll(/[\s-]/g, "");
  const isOne =
    letters.length === RECOVERY_LENGTH &&
    Array.from(letters).every((letter) => RECOVERY_LETTERS.includes(letter));
  return isOne ? letters : null;
}
