// A module for LEDGER_TOKENS: opens the PKCS#11 token that holds the key of the ledger. Put it where `pkcs11js` is
// installed (npm install pkcs11js). Keep the PIN in a variable: the worker that signs sees those that begin with LEDGER_.
// The worker calls `openTokens` when it starts, and again after a token failed.
import pkcs11js from "pkcs11js";

const { LEDGER_TOKEN_LIBRARY = "", LEDGER_TOKEN = "", LEDGER_TOKEN_PIN = "" } = process.env;

const module = new pkcs11js.PKCS11();
module.load(LEDGER_TOKEN_LIBRARY); // such as /usr/lib/softhsm/libsofthsm2.so
let isInitialized = false;

export async function openTokens() {
  if (isInitialized) module.C_Finalize(); // so that the library looks for tokens again
  isInitialized = false;
  module.C_Initialize();
  isInitialized = true;
  const slot = module
    .C_GetSlotList(true)
    .find((one) => module.C_GetTokenInfo(one).label.trim() === LEDGER_TOKEN);
  if (slot === undefined) throw new Error(`no token is called ${LEDGER_TOKEN}`);
  return [{ module, slot, pin: LEDGER_TOKEN_PIN, label: "ledger" }];
}
