import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { z } from "zod";
import type { Message } from "../../platform/message/index.ts";
import type { Certificate } from "./certificate.ts";
import type { StatementKeys } from "./chain-head.ts";
import type { Inclusion } from "./check-proven.ts";
import { writeNoteKey } from "../../platform/note-key.ts";
import type { Policy } from "./policy.ts";
import type { Statement } from "./read-statement.ts";
import {
  type Anchor,
  type Checked,
  type VerificationStep,
  absent,
  failed,
  passed,
} from "./verification.ts";

const issuerSteps: ReadonlySet<VerificationStep> = new Set(["form", "signature", "words", "later"]);
const logSteps: ReadonlySet<VerificationStep> = new Set(["inclusion", "witnesses"]);

/** Lowers a passed step to `consistent` if its keys come only from the file: that is no proof. */
export function gradeStep(
  checked: Checked,
  { isIssuerKnown, isLogKnown }: { isIssuerKnown: boolean; isLogKnown: boolean },
): Checked {
  const isUnknown =
    (issuerSteps.has(checked.step) && !isIssuerKnown) ||
    (logSteps.has(checked.step) && !isLogKnown);
  return checked.outcome === "passed" && isUnknown
    ? { ...checked, outcome: "consistent" }
    : checked;
}

export const formStep = passed("form", { key: "verify.form-right" });

export function signatureStep(
  { header, disclosures }: Statement,
  keys: StatementKeys | null,
): Checked {
  const { kid: key } = header;
  if (keys && !keys.has(key)) {
    return failed("signature", { key: "verify.signature-stranger", values: { key } });
  }
  const values = { shown: disclosures.size, key };
  return passed("signature", { key: "verify.signature-right", values });
}

/** Reports signed claims that the file does not show. They may limit the others, as an end date does. */
export function withheldSteps({ disclosures, payload, claims }: Statement): Checked[] {
  if (claims.kind === undefined) return [absent("kept", { key: "verify.kept-kind" }, "unclear")];
  const count = payload.digests.length - disclosures.size;
  return count === 0 ? [] : [absent("kept", { key: "verify.kept", values: { count } })];
}

const StatedWords = z.object({ sha256: z.string(), language: z.string() });

/** Checks that the shown text is the one whose hash was signed. */
export function wordsStep({ claims }: Statement, words: Certificate["words"]): Checked {
  const stated = StatedWords.safeParse(claims.disclosure);
  if (words === null) return absent("words", { key: "verify.words-absent" });
  const isSame =
    stated.success &&
    stated.data.language === words.language &&
    stated.data.sha256 === bytesToHex(sha256(utf8ToBytes(words.text)));
  return isSame
    ? passed("words", { key: "verify.words-right" })
    : failed("words", { key: "verify.words-wrong" });
}

export function inclusionSteps(inclusion: Inclusion | null, policy: Policy): Checked[] {
  if (inclusion === null) {
    return [absent("inclusion", { key: "verify.not-yet-included" }, "promised")];
  }
  if (inclusion.fault) return [failed("inclusion", inclusion.fault)];

  const { index, size, origin, witnesses } = inclusion;
  const included = passed("inclusion", {
    key: "verify.included",
    values: { index: index + 1, size, origin },
  });
  if (policy.witnesses.length === 0) {
    return [included, absent("witnesses", { key: "verify.witnesses-none" })];
  }
  const names = witnesses.map(({ key }) => key.name);
  const [first] = witnesses.flatMap(({ at }) => at ?? []).toSorted((a, b) => Number(a) - Number(b));
  if (!policy.isMetBy(new Set(names))) {
    const values = { count: names.length };
    return [included, absent("witnesses", { key: "verify.witnesses-few", values }, "promised")];
  }
  if (first === undefined) return [included, absent("witnesses", { key: "verify.witnesses-none" })];
  const values = { count: names.length, names: names.join(", "), at: first };
  return [included, passed("witnesses", { key: "verify.witnesses-right", values })];
}

type KnownKeys = { anchor: Anchor; isIssuerKnown: boolean; isOwnLog: boolean };

/** Reports which keys were checked. A file cannot prove who owns them, so the reader must compare them. */
export function keysStep(
  { header }: Statement,
  { logs }: Policy,
  { anchor, isIssuerKnown, isOwnLog }: KnownKeys,
): Checked {
  if (anchor === "file") {
    const key = logs.length === 0 ? header.kid : logs.map(writeNoteKey).join(", ");
    return compareKeyStep(key);
  }
  if (!isIssuerKnown) {
    return absent("keys", { key: "verify.key-untied", values: { key: header.kid } });
  }
  return isOwnLog
    ? absent("keys", { key: "verify.log-key-to-compare", values: { key: logKeys(logs) } })
    : knownKeysStep(anchor);
}

const logKeys = (logs: Policy["logs"]) => logs.map(writeNoteKey).join(", ");

export const compareKeyStep = (key: string): Checked =>
  absent("keys", { key: "verify.key-to-compare", values: { key } });

export const knownKeysStep = (anchor: Anchor): Checked => {
  const key: Message["key"] = anchor === "site" ? "verify.key-site" : "verify.key-own";
  return passed("keys", { key });
};
