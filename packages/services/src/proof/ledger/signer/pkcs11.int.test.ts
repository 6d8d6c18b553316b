import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from "node:crypto";
import { openCheckpoint } from "@ringfence/core/proof/ledger";
import { expect, it } from "vitest";
import { aLedger, growBy, origin } from "../../../../testing/ledger.ts";
import { openLogSigner } from "./open-signer.ts";
import type { Pkcs11Module, Pkcs11Token } from "./pkcs11.ts";
import { readSignedCheckpoint } from "../read-ledger.ts";
import { signCheckpoint } from "../sign-checkpoint.ts";

const [publicHandle, privateHandle] = [Buffer.of(1), Buffer.of(2)];

/** A token as pkcs11js shows it, which keeps its secret key to itself and has a PIN and one key pair. */
function aToken(label = "ledger"): Pkcs11Token {
  const { privateKey } = generateKeyPairSync("ed25519");
  const secret = createPrivateKey(privateKey.export({ type: "pkcs8", format: "pem" }));
  const der = createPublicKey(secret).export({ type: "spki", format: "der" });
  const point = Buffer.concat([Buffer.of(0x04, 32), der.subarray(-32)]);
  let [isOpen, found, isSigning] = [false, [] as Buffer[], false];
  const module: Pkcs11Module = {
    C_OpenSession: () => Buffer.of(9),
    C_Login(_session, _user, pin) {
      if (pin !== "1234") throw new Error("CKR_PIN_INCORRECT");
      isOpen = true;
    },
    C_FindObjectsInit(_session, [kind, name]) {
      const object = kind?.value === 3 ? privateHandle : publicHandle;
      found = isOpen && name?.value === "ledger" ? [object] : [];
    },
    C_FindObjects: () => found,
    C_FindObjectsFinal: () => undefined,
    C_GetAttributeValue: (_session, object, [asked]) =>
      object === publicHandle && asked ? [{ ...asked, value: point }] : [],
    C_SignInit(_session, { mechanism }, key) {
      isSigning = mechanism === 0x1057 && key === privateHandle;
    },
    C_Sign(_session, message) {
      if (!isSigning) throw new Error("CKR_OPERATION_NOT_INITIALIZED");
      return sign(null, message, secret);
    },
  };
  return { module, slot: Buffer.of(0), pin: "1234", label };
}

it("signs the log with a key that lies in a token", async () => {
  const { db, folder } = await aLedger();
  await growBy(db, 3);
  const logSigner = await openLogSigner({ db, origin, keyFolder: folder, tokens: [aToken()] });
  expect(await signCheckpoint(logSigner)).toEqual({ outcome: "signed", size: 3 });
  const [signer] = logSigner.signers();
  const { note = "" } = (await readSignedCheckpoint(db)) ?? {};
  expect(openCheckpoint(note, signer ? [signer.key] : [])).toMatchObject({ ok: true });
});

it("does not start with a token that is not the one", async () => {
  const { db, folder } = await aLedger();
  const opening = (token: Pkcs11Token) =>
    openLogSigner({ db, origin, keyFolder: folder, tokens: [token] });
  await expect(opening(aToken("other"))).rejects.toThrow(/not exactly one key/);
  await expect(opening({ ...aToken(), pin: "0000" })).rejects.toThrow(/PIN/);
});
