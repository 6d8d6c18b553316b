import type { Message } from "../../../platform/message/index.ts";
import { type StatementKeys, readKeySet } from "./jws.ts";
import { type Policy, parsePolicy } from "../policy.ts";
import {
  type Anchor,
  type CheckedStep,
  type VerificationStep,
  failStep,
  leaveStepOpen,
  passStep,
} from "./verification-verdict.ts";

/**
 * Keys that a verifier has from elsewhere. Without them the keys of the file are used, which anybody can
 * make, and the verdict says so.
 */
export type Trust = {
  /** The log's keys and its witnesses (C2SP tlog-policy). */
  policy?: string | undefined;
  /** The keys that sign statements (JWK set). If given, no others count. */
  keys?: string | undefined;
  /** Source of these keys: the reader, unless they come from the site on which a file is checked. */
  from?: Exclude<Anchor, "file"> | undefined;
};

/** The reader's keys as they were parsed. Null where the reader gave none, or something that cannot be read. */
export type OpenTrust = { policy: Policy | null; keys: StatementKeys | null; anchor: Anchor };

/**
 * Parses the keys that the reader gave. Null stands for keys that were not given and for those that cannot be read;
 * `findUnreadableTrust` tells the two apart.
 */
export const openTrust = ({ policy, keys, from = "reader" }: Trust): OpenTrust => ({
  policy: policy === undefined ? null : parsePolicy(policy),
  keys: keys === undefined ? null : readKeySet(keys),
  anchor: policy === undefined && keys === undefined ? "file" : from,
});

/**
 * Returns the step that fails if the keys or the policy that the reader gave cannot be read; null if nothing is wrong.
 */
export function findUnreadableTrust(trust: Trust, opened: OpenTrust): CheckedStep | null {
  const isUnreadable =
    (opened.keys === null && trust.keys !== undefined) ||
    (opened.policy === null && trust.policy !== undefined);
  return isUnreadable ? failStep("keys", { key: "verify.trust-broken" }) : null;
}

const issuerSteps: ReadonlySet<VerificationStep> = new Set([
  "form",
  "signature",
  "words",
  "later",
  "files",
  "statements",
  "evidence",
  "records",
  "law",
  "certificates",
]);
const logSteps: ReadonlySet<VerificationStep> = new Set(["inclusion", "witnesses"]);

/** Lowers a passed step to `consistent` if its keys come only from the file: that is no proof. */
export function gradeStep(
  checked: CheckedStep,
  { isIssuerKnown, isLogKnown }: { isIssuerKnown: boolean; isLogKnown: boolean },
): CheckedStep {
  const isUnknown =
    (issuerSteps.has(checked.step) && !isIssuerKnown) ||
    (logSteps.has(checked.step) && !isLogKnown);
  return checked.outcome === "passed" && isUnknown
    ? { ...checked, outcome: "consistent" }
    : checked;
}

/** Creates the step for keys from the file itself, which the reader has to compare with those of the issuer. */
export const compareKeyStep = (key: string): CheckedStep =>
  leaveStepOpen("keys", { key: "verify.key-to-compare", values: { key } });

/** Creates the step for keys that the reader or the site gave. */
export const knownKeysStep = (anchor: Anchor): CheckedStep => {
  const key: Message["key"] = anchor === "site" ? "verify.key-site" : "verify.key-own";
  return passStep("keys", { key });
};
