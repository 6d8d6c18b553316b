import { z } from "zod";
import { visibleText } from "../../platform/text/index.ts";

/** Minutes for which a proof of identity lets a member call verbs with `stepUp`. */
export const PROOF_MINUTES = 5;

/**
 * Minutes for which a proof by password lets a member without a second factor call verbs with `stepUp`. They are more,
 * because people who are often asked for their password get used to typing it anywhere.
 */
export const PASSWORD_PROOF_MINUTES = 60;

/** Minutes in which a member has to prove the second factor after the password. */
export const FACTOR_MINUTES = 10;

/** Recovery codes that a member gets at a time. */
export const RECOVERY_CODES = 10;

/** Days that members have to set up a second factor, if the owner does not require it at once. */
export const GRACE_DAYS = 7;

/** A code of an authenticator or a recovery code, as it is typed. */
export const FactorCode = z.string().trim().min(1).max(40);

const Base64Url = z.string().regex(/^[\w-]{1,8192}$/);
const ClientExtensions = z.object({});

/** Answer of a browser in which a member has used a passkey (WebAuthn, `AuthenticationResponseJSON`). */
export const PasskeyAnswer = z.object({
  id: Base64Url,
  rawId: Base64Url,
  type: z.literal("public-key"),
  response: z.object({
    clientDataJSON: Base64Url,
    authenticatorData: Base64Url,
    signature: Base64Url,
    userHandle: Base64Url.exactOptional(),
  }),
  clientExtensionResults: ClientExtensions,
});
export type PasskeyAnswer = z.infer<typeof PasskeyAnswer>;

/** Answer of a browser that has made a passkey (WebAuthn, `RegistrationResponseJSON`). */
export const NewPasskey = z.object({
  id: Base64Url,
  rawId: Base64Url,
  type: z.literal("public-key"),
  response: z.object({ clientDataJSON: Base64Url, attestationObject: Base64Url }),
  clientExtensionResults: ClientExtensions,
});

export const PasskeyName = visibleText(60).min(1);

/** A code, or the answer of a passkey. */
export const GivenFactor = z.union([
  z.strictObject({ code: FactorCode }),
  z.strictObject({ passkey: PasskeyAnswer }),
]);
export type GivenFactor = z.infer<typeof GivenFactor>;

/** Input by which a signed-in member proves again who they are. */
export const IdentityProof = z.union([
  ...GivenFactor.options,
  z.strictObject({ password: z.string().min(1).max(1024) }),
]);
export type IdentityProof = z.infer<typeof IdentityProof>;

/** The owner's choice whether, and from when, every member needs a second factor. */
export const SecondFactorPolicy = z.enum(["nobody", "now", "after-grace"]);
export type SecondFactorPolicy = z.infer<typeof SecondFactorPolicy>;

/** Reads the six digits of an authenticator, and skips spaces and hyphens. Null for any other text. */
export function readAuthenticatorCode(typed: string): string | null {
  const digits = typed.replaceAll(/[\s-]/g, "");
  return /^\d{6}$/.test(digits) ? digits : null;
}

/** 32 letters and digits, without `l`, `o`, `0` and `1`, which look alike. */
const RECOVERY_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";
const RECOVERY_LENGTH = 10;

/** Random bytes for one recovery code. Five bits of each choose a letter, so a code has 50 random bits. */
export const RECOVERY_BYTES = RECOVERY_LENGTH;

/** Makes a recovery code, such as `k7mpq-x2vta`, from `RECOVERY_BYTES` random bytes. Fewer give an invalid code. */
export function writeRecoveryCode(random: Uint8Array): string {
  const letters = Array.from(random.subarray(0, RECOVERY_LENGTH), (byte) =>
    RECOVERY_LETTERS.charAt(byte % RECOVERY_LETTERS.length),
  ).join("");
  return `${letters.slice(0, RECOVERY_LENGTH / 2)}-${letters.slice(RECOVERY_LENGTH / 2)}`;
}

/** Reads a recovery code: its ten letters in lower case, without spaces and hyphens. Null for any other text. */
export function readRecoveryCode(typed: string): string | null {
  const letters = typed.toLowerCase().replaceAll(/[\s-]/g, "");
  const isOne =
    letters.length === RECOVERY_LENGTH &&
    Array.from(letters).every((letter) => RECOVERY_LETTERS.includes(letter));
  return isOne ? letters : null;
}
