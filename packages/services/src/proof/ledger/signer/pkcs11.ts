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

const KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;

type Attribute = { type: number; value?: Buffer | number | string };

/** The functions of a PKCS#11 module that we use, as the npm package `pkcs11js` names them. */
export type Pkcs11Module = {
  C_OpenSession: (slot: Buffer, flags: number) => Buffer;
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

/** Signs with a key that never leaves its token. Throws when the token has not exactly one such pair. */
export function openPkcs11Signer(
  { module, slot, pin, label }: Pkcs11Token,
  origin: string,
): Signer {
  const session = module.C_OpenSession(slot, CKF_SERIAL_SESSION);
  module.C_Login(session, CKU_USER, pin);
  const find = (kind: number): Buffer => {
    const template = [
      { type: CKA_CLASS, value: kind },
      { type: CKA_LABEL, value: label },
    ];
    module.C_FindObjectsInit(session, template);
    const [object, ...others] = module.C_FindObjects(session, 2);
    module.C_FindObjectsFinal(session);
    if (object === undefined || others.length > 0) {
      throw new Error(`the token has not exactly one key of class ${kind} called ${label}`);
    }
    return object;
  };
  const secret = find(CKO_PRIVATE_KEY);
  const asked = [{ type: CKA_EC_POINT }];
  const [point] = module.C_GetAttributeValue(session, find(CKO_PUBLIC_KEY), asked);
  if (!Buffer.isBuffer(point?.value)) throw new Error(`the token does not show the key ${label}`);

  return {
    // The point is in a DER string, or bare in some tokens: the key is its last 32 bytes.
    key: { name: origin, type: "log", publicKey: new Uint8Array(point.value.subarray(-KEY_BYTES)) },
    async sign(message) {
      module.C_SignInit(session, { mechanism: CKM_EDDSA }, secret);
      const signature = Buffer.alloc(SIGNATURE_BYTES);
      return new Uint8Array(module.C_Sign(session, Buffer.from(message), signature));
    },
  };
}
