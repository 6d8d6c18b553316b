import type { Signer } from "./log-keys.ts";

/** Numbers of PKCS#11 3.0. */
const CKO_PUBLIC_KEY = 2;
const CKO_PRIVATE_KEY = 3;
const CKA_CLASS = 0;
const CKA_LABEL = 3;
const CKA_EC_POINT = 0x181;
const CKM_EDDSA = 0x1057;
const CKF_SERIAL_SESSION = 4;
const CKU_USER = 1;
const CKR_USER_ALREADY_LOGGED_IN = 0x100;

const KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;

type Attribute = { type: number; value?: Buffer | number | string };

/** The functions of a PKCS#11 module that we use, as the npm package `pkcs11js` names them. */
export type Pkcs11Module = {
  C_OpenSession: (slot: Buffer, flags: number) => Buffer;
  C_CloseSession: (session: Buffer) => void;
  C_Login: (session: Buffer, userType: number, pin: string) => void;
  C_FindObjectsInit: (session: Buffer, template: Attribute[]) => void;
  C_FindObjects: (session: Buffer, max: number) => Buffer[];
  C_FindObjectsFinal: (session: Buffer) => void;
  C_GetAttributeValue: (session: Buffer, object: Buffer, template: Attribute[]) => Attribute[];
  C_SignInit: (session: Buffer, mechanism: { mechanism: number }, key: Buffer) => void;
  C_Sign: (session: Buffer, message: Buffer, signature: Buffer) => Buffer;
};

/** A token in one slot of an initialized module, and the label of the Ed25519 pair in it. */
export type Pkcs11Token = { module: Pkcs11Module; slot: Buffer; pin: string; label: string };

/** Thrown if a token was removed, or does not work. `reason` is the message of its module. */
export class TokenUnusable extends Error {
  readonly label: string;
  readonly reason: string;

  constructor(label: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`the token with the key ${label} cannot be used: ${reason}`, { cause });
    this.label = label;
    this.reason = reason;
  }
}

/** The operator's function that opens the tokens: when the worker starts, and again after one of them failed. */
export type OpenTokens = () => Promise<readonly Pkcs11Token[]>;

/**
 * Signs with keys that never leave their tokens. After a failure all tokens are opened again for the next signature,
 * because one that was removed may be back.
 *
 * @throws the module's error, or an error if a token does not have exactly one such pair. Later, `sign` rejects with
 *   `TokenUnusable`, also if a token that was put back has another key.
 */
export async function openTokenSigners(open: OpenTokens, origin: string): Promise<Signer[]> {
  const first = openPairs(await open());
  let opening: Promise<OpenedPair[]> | null = Promise.resolve(first);

  async function reopen(): Promise<OpenedPair[]> {
    const pairs = openPairs(await open());
    const isSame = (index: number) =>
      pairs[index]?.publicKey.toString() === first[index]?.publicKey.toString();
    if (pairs.length === first.length && first.every((_, index) => isSame(index))) return pairs;
    closeAll(pairs);
    throw new Error("the tokens hold other keys than before");
  }

  return first.map(({ publicKey, token: { label } }, index) => ({
    key: { name: origin, type: "log", publicKey },
    async sign(message) {
      opening ??= reopen();
      const used = opening;
      try {
        const pair = (await used)[index];
        if (pair === undefined) throw new Error("the token is gone");
        const { module } = pair.token;
        module.C_SignInit(pair.session, { mechanism: CKM_EDDSA }, pair.secret);
        const signature = Buffer.alloc(SIGNATURE_BYTES);
        return new Uint8Array(module.C_Sign(pair.session, Buffer.from(message), signature));
      } catch (error) {
        if (opening === used) opening = null;
        closeAll(await used.catch(() => []));
        throw new TokenUnusable(label, error);
      }
    },
  }));
}

/** An Ed25519 pair in an open session of a token. */
type OpenedPair = {
  token: Pkcs11Token;
  session: Buffer;
  secret: Buffer;
  publicKey: Uint8Array<ArrayBuffer>;
};

function openPairs(tokens: readonly Pkcs11Token[]): OpenedPair[] {
  const pairs: OpenedPair[] = [];
  try {
    for (const token of tokens) pairs.push(openPair(token));
    return pairs;
  } catch (error) {
    closeAll(pairs);
    throw error;
  }
}

function closeAll(pairs: readonly OpenedPair[]) {
  for (const { token, session } of pairs) closeQuietly(token, session);
}

function openPair(token: Pkcs11Token): OpenedPair {
  const { module, slot, label } = token;
  const session = module.C_OpenSession(slot, CKF_SERIAL_SESSION);
  try {
    logIn(token, session);
    const secret = findOne(token, session, CKO_PRIVATE_KEY);
    const shown = findOne(token, session, CKO_PUBLIC_KEY);
    const [point] = module.C_GetAttributeValue(session, shown, [{ type: CKA_EC_POINT }]);
    if (!Buffer.isBuffer(point?.value)) throw new Error(`the token does not show the key ${label}`);
    // The point is in a DER string, or bare in some tokens: the key is its last 32 bytes.
    return { token, session, secret, publicKey: new Uint8Array(point.value.subarray(-KEY_BYTES)) };
  } catch (error) {
    closeQuietly(token, session);
    throw error;
  }
}

/** Logs in. That an earlier session has logged in already is no error, because a login counts for the whole program. */
function logIn({ module, pin }: Pkcs11Token, session: Buffer) {
  try {
    module.C_Login(session, CKU_USER, pin);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    if (code !== CKR_USER_ALREADY_LOGGED_IN) throw error;
  }
}

function findOne({ module, label }: Pkcs11Token, session: Buffer, kind: number): Buffer {
  module.C_FindObjectsInit(session, [
    { type: CKA_CLASS, value: kind },
    { type: CKA_LABEL, value: label },
  ]);
  const [object, ...others] = module.C_FindObjects(session, 2);
  module.C_FindObjectsFinal(session);
  if (object !== undefined && others.length === 0) return object;
  throw new Error(`the token does not have exactly one key of class ${kind} called ${label}`);
}

/** Closes a session. If the token was removed, the session is gone already. */
function closeQuietly({ module }: Pkcs11Token, session: Buffer) {
  try {
    module.C_CloseSession(session);
  } catch {
    // Nothing is left to close.
  }
}
