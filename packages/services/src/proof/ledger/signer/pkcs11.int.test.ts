import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from "node:crypto";
import { openCheckpoint } from "@ringfence/core/proof/ledger";
import { expect, it } from "vitest";
import { aLedger, growBy, origin } from "../../../../testing/ledger.ts";
import { openLogSigner } from "./open-signer.ts";
import type { Pkcs11Module, Pkcs11Token } from "./pkcs11.ts";
import { readSignedCheckpoint } from "../read-ledger.ts";
import { signCheckpoint } from "../sign-checkpoint.ts";

const [publicHandle, privateHandle] = [Buffer.of(1), Buffer.of(2)];

/**
 * A token as pkcs11js shows it, which keeps its secret key to itself and has a PIN and one key pair. A real one is in
 * `tooling/verify-token.ts`.
 */
function aToken(label = "ledger") {
  const { privateKey } = generateKeyPairSync("ed25519");
  let secret = createPrivateKey(privateKey.export({ type: "pkcs8", format: "pem" }));
  let [isThere, sessions, loggedIn, found, isSigning] = [true, 0, 0, [] as Buffer[], false];
  const assertUsable = (session: Buffer) => {
    if (!isThere) throw new Error("CKR_DEVICE_REMOVED");
    if (session[0] !== sessions) throw new Error("CKR_SESSION_HANDLE_INVALID");
  };
  const module: Pkcs11Module = {
    C_OpenSession() {
      if (!isThere) throw new Error("CKR_TOKEN_NOT_PRESENT");
      return Buffer.of(++sessions);
    },
    C_CloseSession: assertUsable,
    C_Login(session, _user, pin) {
      assertUsable(session);
      if (pin !== "1234") throw new Error("CKR_PIN_INCORRECT");
      loggedIn = sessions;
    },
    C_FindObjectsInit(session, [kind, name]) {
      assertUsable(session);
      const object = kind?.value === 3 ? privateHandle : publicHandle;
      found = loggedIn === sessions && name?.value === "ledger" ? [object] : [];
    },
    C_FindObjects: () => found,
    C_FindObjectsFinal: () => undefined,
    C_GetAttributeValue(session, object, [asked]) {
      assertUsable(session);
      const der = createPublicKey(secret).export({ type: "spki", format: "der" });
      const value = Buffer.concat([Buffer.of(0x04, 32), der.subarray(-32)]);
      return object === publicHandle && asked ? [{ ...asked, value }] : [];
    },
    C_SignInit(session, { mechanism }, key) {
      assertUsable(session);
      isSigning = mechanism === 0x1057 && key === privateHandle;
    },
    C_Sign(session, message) {
      assertUsable(session);
      if (!isSigning) throw new Error("CKR_OPERATION_NOT_INITIALIZED");
      return sign(null, message, secret);
    },
  };
  const token: Pkcs11Token = { module, slot: Buffer.of(0), pin: "1234", label };
  return {
    token,
    open: () => Promise.resolve([token]),
    remove: () => void (isThere = false),
    /** Puts the token back. What was open before the removal is closed. */
    putBack: () => {
      isThere = true;
      sessions++;
    },
    replaceKey: () => void (secret = generateKeyPairSync("ed25519").privateKey),
  };
}

it("signs the log with a key that lies in a token", async () => {
  const { db, folder } = await aLedger();
  await growBy(db, 3);
  const logSigner = await openLogSigner({
    db,
    origin,
    keyFolder: folder,
    openTokens: aToken().open,
  });
  expect(await signCheckpoint(logSigner)).toEqual({ outcome: "signed", size: 3 });
  const [signer] = logSigner.signers();
  const { note = "" } = (await readSignedCheckpoint(db)) ?? {};
  expect(openCheckpoint(note, signer ? [signer.key] : [])).toMatchObject({ ok: true });
});

it("does not start with another token, or with a wrong PIN", async () => {
  const { db, folder } = await aLedger();
  const opening = (token: Pkcs11Token) =>
    openLogSigner({ db, origin, keyFolder: folder, openTokens: () => Promise.resolve([token]) });
  await expect(opening(aToken("other").token)).rejects.toThrow(/exactly one key/);
  await expect(opening({ ...aToken().token, pin: "0000" })).rejects.toThrow(/PIN/);
});

it("signs nothing while the token is away, and goes on when it is back", async () => {
  const { db, folder } = await aLedger();
  const { open: openTokens, remove, putBack } = aToken();
  const logSigner = await openLogSigner({ db, origin, keyFolder: folder, openTokens });
  await growBy(db, 3);
  expect(await signCheckpoint(logSigner)).toEqual({ outcome: "signed", size: 3 });

  remove();
  await growBy(db, 2, 3);
  const values = { label: "ledger", reason: expect.stringMatching("CKR") };
  const refused = { outcome: "refused", fault: { key: "ledger.refused-token", values } };
  expect(await signCheckpoint(logSigner)).toEqual(refused);
  expect(await signCheckpoint(logSigner)).toEqual(refused);

  putBack();
  expect(await signCheckpoint(logSigner)).toEqual({ outcome: "signed", size: 5 });
});

it("signs nothing if a token that is back has another key", async () => {
  const { db, folder } = await aLedger();
  const { open: openTokens, remove, putBack, replaceKey } = aToken();
  const logSigner = await openLogSigner({ db, origin, keyFolder: folder, openTokens });
  await growBy(db, 1);
  await signCheckpoint(logSigner);
  remove();
  await growBy(db, 1, 1);
  await signCheckpoint(logSigner);
  replaceKey();
  putBack();
  expect(await signCheckpoint(logSigner)).toMatchObject({
    fault: { values: { reason: "the tokens hold other keys than before" } },
  });
});

it("signs with both keys of two tokens again after one was away", async () => {
  const { db, folder } = await aLedger();
  const [old, latest] = [aToken(), aToken()];
  const openTokens = () => Promise.resolve([old.token, latest.token]);
  const logSigner = await openLogSigner({ db, origin, keyFolder: folder, openTokens });
  await growBy(db, 1);
  await signCheckpoint(logSigner);
  old.remove();
  await growBy(db, 1, 1);
  expect(await signCheckpoint(logSigner)).toMatchObject({ outcome: "refused" });
  old.putBack();
  expect(await signCheckpoint(logSigner)).toEqual({ outcome: "signed", size: 2 });
  const { note = "" } = (await readSignedCheckpoint(db)) ?? {};
  const keys = logSigner.signers().map(({ key }) => key);
  const opened = openCheckpoint(note, keys);
  expect(opened.ok && opened.signers.map(({ key }) => key)).toEqual(keys);
});
