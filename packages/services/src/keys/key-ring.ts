import type { KeyOnFile } from "./key-files.ts";
import type { KeyName, SecretName, SigningName } from "./key-names.ts";

/** A generation that this process has opened. */
export type OpenedKey = KeyOnFile & {
  /** Rotated out more than a day ago: what it signed or coded for minutes has ended since. */
  isOver: boolean;
};

type OpenedSecret = Extract<OpenedKey, { name: SecretName }>;
type OpenedSigningKey = Extract<OpenedKey, { name: SigningName }>;

/** All generations of all keys, the oldest of each first. The last of each is in use. */
export type KeyRing = {
  master: readonly OpenedSecret[];
  vault: readonly OpenedSecret[];
  permit: readonly OpenedSigningKey[];
  statement: readonly OpenedSigningKey[];
};

export function toKeyRing(keys: readonly OpenedKey[]): KeyRing {
  const ordered = keys.toSorted((a, b) => a.generation - b.generation);
  const secrets = (name: SecretName) =>
    ordered.filter((key): key is OpenedSecret => key.name === name);
  const signing = (name: SigningName) =>
    ordered.filter((key): key is OpenedSigningKey => key.name === name);
  return {
    master: secrets("master"),
    vault: secrets("vault"),
    permit: signing("permit"),
    statement: signing("statement"),
  };
}

/** The generation in use. */
export function currentOf<Key>(keys: readonly Key[], name: KeyName): Key {
  const current = keys.at(-1);
  if (current === undefined) throw new Error(`there is no ${name} key`);
  return current;
}
