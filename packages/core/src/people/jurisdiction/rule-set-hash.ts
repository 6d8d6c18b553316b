import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import document from "../../../data/jurisdictions.json" with { type: "json" };
import { canonicalJson } from "./canonical-json.ts";

/** SHA-256, in hex, of a rule set as its canonical JSON writes it. */
export const hashRuleSet = (text: string) => bytesToHex(sha256(utf8ToBytes(text)));

/** The rule set of this version in canonical JSON, as it is kept for later. */
export const ruleSetText = () => canonicalJson(document);

/** SHA-256, in hex, of the data file in canonical JSON: which rules judged. */
export const ruleSetHash = hashRuleSet(ruleSetText());
