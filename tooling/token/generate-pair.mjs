// Generates the Ed25519 pair of the ledger in the token that the environment names. Argument: the folder with
// `pkcs11js`.
import { createRequire } from "node:module";
import path from "node:path";

const [folder = ""] = process.argv.slice(2);
const { LEDGER_TOKEN_LIBRARY = "", LEDGER_TOKEN, LEDGER_TOKEN_PIN = "" } = process.env;
const { default: pkcs11 } = await import(
  createRequire(path.join(folder, "any.js")).resolve("pkcs11js")
);

const module = new pkcs11.PKCS11();
module.load(LEDGER_TOKEN_LIBRARY);
module.C_Initialize();
const slot = module
  .C_GetSlotList(true)
  .find((one) => module.C_GetTokenInfo(one).label.trim() === LEDGER_TOKEN);
const session = module.C_OpenSession(slot, pkcs11.CKF_SERIAL_SESSION | pkcs11.CKF_RW_SESSION);
module.C_Login(session, pkcs11.CKU_USER, LEDGER_TOKEN_PIN);

const ed25519 = Buffer.from("06032b6570", "hex"); // the curve's object identifier, in DER
const mechanism = { mechanism: 0x1055 }; // CKM_EC_EDWARDS_KEY_PAIR_GEN, PKCS#11 3.0
const common = [
  { type: pkcs11.CKA_LABEL, value: "ledger" },
  { type: pkcs11.CKA_TOKEN, value: true },
];
module.C_GenerateKeyPair(
  session,
  mechanism,
  [
    { type: pkcs11.CKA_CLASS, value: pkcs11.CKO_PUBLIC_KEY },
    { type: pkcs11.CKA_EC_PARAMS, value: ed25519 },
    { type: pkcs11.CKA_VERIFY, value: true },
    ...common,
  ],
  [
    { type: pkcs11.CKA_CLASS, value: pkcs11.CKO_PRIVATE_KEY },
    { type: pkcs11.CKA_PRIVATE, value: true },
    { type: pkcs11.CKA_EXTRACTABLE, value: false },
    { type: pkcs11.CKA_SIGN, value: true },
    ...common,
  ],
);
module.C_Finalize();
