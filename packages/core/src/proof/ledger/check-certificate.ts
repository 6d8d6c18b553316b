import type { Certificate } from "./certificate.ts";
import {
  knownKeysStep,
  gradeStep,
  inclusionSteps,
  withheldSteps,
  keysStep,
  compareKeyStep,
  signatureStep,
  formStep,
  wordsStep,
} from "./certificate-steps.ts";
import { readKeySet, type StatementKeys } from "./chain-head.ts";
import { checkLater } from "./check-later.ts";
import { checkInclusion, readSigned } from "./check-proven.ts";
import { readCheckpoint } from "./checkpoint.ts";
import { readNote } from "./note.ts";
import { type Policy, readPolicy } from "./policy.ts";
import { readCertificateFile } from "./read-certificate-file.ts";
import type { Statement } from "./read-statement.ts";
import { readTlogProof } from "./tlog-proof.ts";
import {
  absent,
  type Anchor,
  type Checked,
  failed,
  type Verification,
  verdictOf,
} from "./verification.ts";

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

type OpenTrust = { policy: Policy | null; keys: StatementKeys | null; anchor: Anchor };

/**
 * Checks a certificate, or a receipt that is a statement alone, without asking anyone. Time stamps are
 * not checked here: that takes certificates of X.509 (packages/verify).
 */
export function checkCertificate(text: string, trust: Trust = {}): Verification {
  const { anchor, ...own } = openTrust(trust);
  if (own.keys === null && trust.keys !== undefined) return broken(anchor, badTrust);
  if (own.policy === null && trust.policy !== undefined) return broken(anchor, badTrust);

  const { certificate, receipt, fault } = readCertificateFile(text);
  if (fault) return broken(anchor, failed("form", fault));
  if (receipt !== undefined) return checkReceipt(receipt, { ...own, anchor });

  const policy = own.policy ?? readPolicy(certificate.policy);
  if (policy === null) return broken(anchor, failed("form", { key: "verify.policy-broken" }));
  const signed = readSigned(certificate.statement);
  if (signed.fault) return broken(anchor, formStep, failed("signature", signed.fault));
  return checkProven(signed.statement, certificate, policy, { ...own, anchor });
}

const badTrust = failed("keys", { key: "verify.trust-broken" });

const openTrust = ({ policy, keys, from = "reader" }: Trust): OpenTrust => ({
  policy: policy === undefined ? null : readPolicy(policy),
  keys: keys === undefined ? null : readKeySet(keys),
  anchor: policy === undefined && keys === undefined ? "file" : from,
});

function checkProven(
  statement: Statement,
  certificate: Certificate,
  policy: Policy,
  trust: OpenTrust,
): Verification {
  const isOwnLog = trust.policy === null;
  const included = (one: Statement, proven: Pick<Certificate, "leaf" | "proof">) =>
    checkInclusion(one, proven, policy, isOwnLog);
  const inclusion = certificate.proof === null ? null : included(statement, certificate);
  const isFirstIncluded = inclusion !== null && !inclusion.fault;
  const { checked, later, hasEnded } = checkLater(statement, certificate, {
    checkInclusion: included,
    givenKeys: trust.keys,
    isFirstIncluded,
  });
  const isIssuerKnown = trust.keys !== null || (!isOwnLog && isFirstIncluded);
  const steps = [
    formStep,
    signatureStep(statement, trust.keys),
    wordsStep(statement, certificate.words),
    ...withheldSteps(statement),
    ...inclusionSteps(inclusion, policy),
    checked,
    keysStep(statement, policy, { ...trust, isIssuerKnown, isOwnLog }),
  ].map((one) => gradeStep(one, { isIssuerKnown, isLogKnown: !isOwnLog }));
  const { anchor } = trust;
  const origin = findOrigin(certificate);
  const { claims } = statement;
  return { verdict: verdictOf(steps), anchor, origin, steps, claims, later, hasEnded };
}

/** A statement by itself: a promise, by the key that it names. */
function checkReceipt(text: string, trust: OpenTrust): Verification {
  const { anchor, keys } = trust;
  const { statement, fault } = readSigned(text);
  if (fault) {
    const step = fault.key === "verify.statement-broken" ? "form" : "signature";
    return broken(anchor, failed(step, fault));
  }
  const isIssuerKnown = keys !== null;
  const steps = [
    formStep,
    signatureStep(statement, keys),
    ...withheldSteps(statement),
    absent("inclusion", { key: "verify.receipt-alone" }),
    isIssuerKnown ? knownKeysStep(anchor) : compareKeyStep(statement.header.kid),
  ].map((one) => gradeStep(one, { isIssuerKnown, isLogKnown: false }));
  const { claims } = statement;
  const origin = null;
  return { verdict: verdictOf(steps), anchor, origin, steps, claims, later: [], hasEnded: false };
}

/** Finds the name of the log in the checkpoint, or in the policy if there is no checkpoint. */
function findOrigin({ proof, policy }: Certificate): string | null {
  const note = readNote(readTlogProof(proof ?? "")?.checkpoint ?? "");
  const checkpoint = readCheckpoint(note?.text ?? "");
  return checkpoint?.origin ?? readPolicy(policy)?.logs[0]?.name ?? null;
}

const broken = (anchor: Anchor, ...steps: Checked[]): Verification => ({
  verdict: verdictOf(steps),
  anchor,
  origin: null,
  steps,
  claims: null,
  later: [],
  hasEnded: false,
});

/** True if a file claims to come from the log of these keys. The claim itself is not proven. */
export function isFromLog({ origin }: Pick<Verification, "origin">, { policy }: Trust): boolean {
  const logs = readPolicy(policy ?? "")?.logs ?? [];
  return logs.some(({ name }) => name === origin);
}
