import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { base64url } from "../../platform/base64.ts";

/**
 * What stands in the log for a statement: the RFC 8785 form of an object with the SHA-256 of the
 * issuer-signed JWT (`header.payload.signature`) and the name of this format. It can never change.
 */
export const leafOf = (jwt: string): Uint8Array =>
  utf8ToBytes(`{"jwt":"${base64url(sha256(utf8ToBytes(jwt)))}","s":"ringfence/leaf@v1"}`);
