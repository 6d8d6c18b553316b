import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import document from "../../data/jurisdictions.json" with { type: "json" };
import { canonicalJson } from "./canonical-json.ts";

/** SHA-256, in hex, of the data file in canonical JSON: which rules judged. */
export const ruleSetHash = bytesToHex(sha256(utf8ToBytes(canonicalJson(document))));
