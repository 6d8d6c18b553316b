/**
 * Keys of an installation, one file each in RINGFENCE_KEY_DIR. The keys of the ledger are managed with its
 * signer.
 */
export const KEY_NAMES = ["master", "vault", "permit", "statement"] as const;
export type KeyName = (typeof KEY_NAMES)[number];

/** Keys that sign. The others are 32 random bytes. */
export const SIGNING_NAMES = ["permit", "statement"] as const satisfies readonly KeyName[];
export type SigningName = (typeof SIGNING_NAMES)[number];
export type SecretName = Exclude<KeyName, SigningName>;

export const isSigningName = (name: KeyName): name is SigningName =>
  SIGNING_NAMES.some((signing) => signing === name);
