import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { NewPasskey, PasskeyAnswer } from "@ringfence/core/account/second-factor";

/** Our pages, and the browser in which passkeys are used. */
export const passkeySite = { origin: "https://rf.example", browser: "a browser" };

/** A passkey that no device has made. */
export const noPasskey = NewPasskey.parse({
  id: "bm9uZQ",
  rawId: "bm9uZQ",
  type: "public-key",
  response: { clientDataJSON: "bm9uZQ", attestationObject: "bm9uZQ" },
  clientExtensionResults: {},
});

const sha256 = (bytes: string | Buffer) => createHash("sha256").update(bytes).digest();
const toText = (bytes: Buffer) => bytes.toString("base64url");

/** Encodes what an attestation contains, in CBOR (RFC 8949). */
function encode(value: number | string | Buffer | Map<number | string, unknown>): Buffer {
  if (typeof value === "number") return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === "string")
    return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  const entries = [...value].flatMap(([key, item]) => [encode(key), encode(item as never)]);
  return Buffer.concat([head(5, value.size), ...entries]);
}

function head(type: number, count: number) {
  if (count < 24) return Buffer.of((type << 5) | count);
  return count < 256
    ? Buffer.of((type << 5) | 24, count)
    : Buffer.of((type << 5) | 25, count >> 8, count & 255);
}

const USER_PRESENT = 1;
const USER_VERIFIED = 4;
const HAS_CREDENTIAL = 64;

type Signing = {
  isVerified?: boolean;
  /** Page that asks. */
  origin?: string;
  /** Host that the passkey belongs to. */
  rpId?: string;
  type?: string;
};

const ours = { isVerified: true, rpId: "rf.example", origin: passkeySite.origin };

/** A device with a passkey, as far as Ringfence sees it (WebAuthn, without attestation). */
export function createSoftPasskey() {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { x = "", y = "" } = publicKey.export({ format: "jwk" });
  const credential = randomBytes(32);
  let userHandle = "";
  let signed = 0;

  const cose = encode(
    new Map<number, unknown>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, Buffer.from(x, "base64url")],
      [-3, Buffer.from(y, "base64url")],
    ]),
  );
  const writeData = ({ rpId, isVerified }: typeof ours, more: number, counter: number) => {
    const data = Buffer.alloc(37);
    sha256(rpId).copy(data);
    data[32] = USER_PRESENT | (isVerified ? USER_VERIFIED : 0) | more;
    data.writeUInt32BE(counter, 33);
    return data;
  };
  const writeClientData = (type: string, challenge: string, origin: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  const common = {
    id: toText(credential),
    rawId: toText(credential),
    type: "public-key",
    clientExtensionResults: {},
  };

  return {
    /** Makes the passkey. */
    make({ challenge, user }: { challenge: string; user: { id: string } }, as: Signing = {}) {
      const { type = "webauthn.create", ...signing } = { ...ours, ...as };
      userHandle = user.id;
      const length = Buffer.of(0, credential.length);
      const data = [writeData(signing, HAS_CREDENTIAL, 0), Buffer.alloc(16), length, credential];
      const attestation = new Map<string, unknown>([
        ["fmt", "none"],
        ["attStmt", new Map()],
        ["authData", Buffer.concat([...data, cose])],
      ]);
      return NewPasskey.parse({
        ...common,
        response: {
          clientDataJSON: toText(writeClientData(type, challenge, signing.origin)),
          attestationObject: toText(encode(attestation)),
        },
      });
    },
    /** Signs a challenge, and counts up unless a counter is given. */
    answer(
      { challenge }: { challenge: string },
      { counter = ++signed, ...as }: Signing & { counter?: number } = {},
    ) {
      const { type = "webauthn.get", ...signing } = { ...ours, ...as };
      const data = writeData(signing, 0, counter);
      const clientData = writeClientData(type, challenge, signing.origin);
      const signature = sign("sha256", Buffer.concat([data, sha256(clientData)]), privateKey);
      return PasskeyAnswer.parse({
        ...common,
        response: {
          clientDataJSON: toText(clientData),
          authenticatorData: toText(data),
          signature: toText(signature),
          ...(userHandle !== "" && { userHandle }),
        },
      });
    },
  };
}
