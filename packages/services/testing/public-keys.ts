import { generateKeyPairSync } from "node:crypto";
import { computeThumbprint } from "@ringfence/core/platform/public-key";

/** A new Ed25519 pair, as the integrator has it. */
export function aKeyPair() {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const { x = "" } = publicKey.export({ format: "jwk" });
  return {
    privateKey,
    /** Public key in PEM, as an owner pastes it. */
    pem: publicKey.export({ type: "spki", format: "pem" }).toString(),
    x,
    thumbprint: computeThumbprint(x),
  };
}
