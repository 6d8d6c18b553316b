import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { z } from "zod";
import { Certificate } from "./certificate.ts";
import { checkInclusion, type Inclusion, readSigned } from "./check-proven.ts";
import { checkLater } from "./check-later.ts";
import { writeNoteKey } from "./note-key.ts";
import { type Policy, readPolicy } from "./policy.ts";
import type { Statement } from "./read-statement.ts";
import {
  absent,
  type Checked,
  failed,
  passed,
  type Verification,
  verdictOf,
} from "./verification.ts";

/** What a verifier has of its own; without it the keys are those of the file, and it says so. */
export type Trust = { policy?: string | undefined };

/**
 * Checks a certificate, or a receipt that is a statement alone, without asking anyone. Time stamps are
 * not looked at here: that takes certificates of X.509 (packages/verify).
 */
export function checkCertificate(text: string, { policy: own }: Trust = {}): Verification {
  if (!text.trimStart().startsWith("{")) return checkReceipt(text.trim());
  const certificate = Certificate.safeParse(jsonOf(text));
  if (!certificate.success) return broken(failed("form", { key: "verify.no-certificate" }));

  const { data } = certificate;
  const policy = readPolicy(own ?? data.policy);
  if (policy === null) return broken(failed("form", { key: "verify.policy-broken" }));
  const { statement, fault } = readSigned(data.statement);
  if (fault) return broken(wellFormed, failed("signature", fault));

  const isStrict = own === undefined;
  const inclusion = data.proof === null ? null : checkInclusion(statement, data, policy, isStrict);
  const { checked, later } = checkLater(statement, data.later, policy, isStrict);
  const steps = [
    wellFormed,
    signed(statement),
    wordsOf(statement, data.words),
    ...includedAs(inclusion, policy),
    checked,
    keysOf(policy, statement, isStrict),
  ];
  return { verdict: verdictOf(steps), steps, claims: statement.claims, later };
}

/** A statement by itself: a promise, by the key that it names. */
function checkReceipt(text: string): Verification {
  const { statement, fault } = readSigned(text);
  if (fault) {
    const isForm = fault.key === "verify.statement-broken";
    return broken(
      isForm ? failed("form", { key: "verify.no-certificate" }) : failed("signature", fault),
    );
  }
  const steps = [
    wellFormed,
    signed(statement),
    absent("inclusion", { key: "verify.receipt-alone" }),
    absent("keys", { key: "verify.key-to-compare", values: { key: statement.header.kid } }),
  ];
  return { verdict: verdictOf(steps), steps, claims: statement.claims, later: [] };
}

const broken = (...steps: Checked[]): Verification => ({
  verdict: "broken",
  steps,
  claims: null,
  later: [],
});

const wellFormed = passed("form", { key: "verify.form-right" });

const signed = ({ disclosures, payload }: Statement) =>
  passed("signature", {
    key: "verify.signature-right",
    values: { shown: disclosures.size, kept: payload._sd.length - disclosures.size },
  });

const StatedWords = z.object({ sha256: z.string(), language: z.string() });

/** Whether the text is the one whose hash was signed. */
function wordsOf({ claims }: Statement, words: Certificate["words"]): Checked {
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

function includedAs(inclusion: Inclusion | null, policy: Policy): Checked[] {
  if (inclusion === null) return [absent("inclusion", { key: "verify.not-yet-included" })];
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
    return [included, failed("witnesses", { key: "verify.witnesses-few", values })];
  }
  if (first === undefined) return [included, absent("witnesses", { key: "verify.witnesses-none" })];
  const values = { count: names.length, names: names.join(", "), at: first };
  return [included, passed("witnesses", { key: "verify.witnesses-right", values })];
}

/** A file that proves itself by its own keys proves that it is whole; whose keys they are, it cannot. */
function keysOf({ logs }: Policy, { header }: Statement, isStrict: boolean): Checked {
  const key = logs.length === 0 ? header.kid : logs.map(writeNoteKey).join(", ");
  return isStrict
    ? absent("keys", { key: "verify.key-to-compare", values: { key } })
    : passed("keys", { key: "verify.key-own" });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
