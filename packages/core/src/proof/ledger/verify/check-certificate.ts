import { type Certificate, readCertificateFile } from "./certificate.ts";
import { checkLater } from "./check-later.ts";
import { type Inclusion, checkInclusion, readSignedStatement } from "./check-inclusion.ts";
import { readCheckpoint } from "../checkpoint.ts";
import { readNote } from "../note.ts";
import { type Policy, parsePolicy } from "../policy.ts";
import type { Statement } from "../read-statement.ts";
import { readTlogProof } from "../tlog-proof.ts";
import type { StatementKeys } from "./jws.ts";
import {
  type OpenTrust,
  type Trust,
  compareKeyStep,
  findUnreadableTrust,
  gradeStep,
  knownKeysStep,
  openTrust,
} from "./trust.ts";
import {
  type Anchor,
  type CheckedStep,
  type Verification,
  leaveStepOpen,
  computeVerdict,
  failStep,
  passStep,
} from "./verification-verdict.ts";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { z } from "zod";
import { writeNoteKey } from "../../../platform/note-key.ts";

/*
 * Verifies certificates and receipts, in a browser or on a command line, without any server. Start here. The steps
 * are: the format of the file (`certificate.ts`), the signature of the statement and its entry in the log
 * (`check-inclusion.ts`), and later statements that end it (`check-later.ts`), up to the last one that the issuer
 * signed (`chain-head.ts`). Whose keys count is in `trust.ts`. The verdict comes from the outcomes of the steps alone
 * (`verification-verdict.ts`).
 */

/**
 * Checks a certificate, or a receipt that is a statement alone, without asking anyone. Time stamps are
 * not checked here: that takes certificates of X.509 (packages/verify).
 */
export function checkCertificate(text: string, trust: Trust = {}): Verification {
  const opened = openTrust(trust);
  const { anchor } = opened;
  const unreadable = findUnreadableTrust(trust, opened);
  if (unreadable) return broken(anchor, unreadable);

  const { certificate, receipt, fault } = readCertificateFile(text);
  if (fault) return broken(anchor, failStep("form", fault));
  if (receipt !== undefined) return checkReceipt(receipt, opened);

  const policy = opened.policy ?? parsePolicy(certificate.policy);
  if (policy === null) return broken(anchor, failStep("form", { key: "verify.policy-broken" }));
  const signed = readSignedStatement(certificate.statement);
  if (signed.fault) return broken(anchor, formStep, failStep("signature", signed.fault));
  return checkProven(signed.statement, certificate, policy, opened);
}

function checkProven(
  statement: Statement,
  certificate: Certificate,
  policy: Policy,
  trust: OpenTrust,
): Verification {
  const isPolicyFromFile = trust.policy === null;
  const checkIncluded = (one: Statement, proven: Pick<Certificate, "leaf" | "proof">) =>
    checkInclusion(one, proven, policy, isPolicyFromFile);
  const inclusion = certificate.proof === null ? null : checkIncluded(statement, certificate);
  const isFirstIncluded = inclusion !== null && !inclusion.fault;
  const { checked, later, hasEnded } = checkLater(statement, certificate, {
    checkInclusion: checkIncluded,
    givenKeys: trust.keys,
    isFirstIncluded,
  });
  const isIssuerKnown = trust.keys !== null || (!isPolicyFromFile && isFirstIncluded);
  const steps = [
    formStep,
    signatureStep(statement, trust.keys),
    wordsStep(statement, certificate.words),
    ...withheldSteps(statement),
    ...inclusionSteps(inclusion, policy),
    checked,
    keysStep(statement, policy, { ...trust, isIssuerKnown, isPolicyFromFile }),
  ].map((one) => gradeStep(one, { isIssuerKnown, isLogKnown: !isPolicyFromFile }));
  const { anchor } = trust;
  const origin = findOrigin(certificate);
  const { claims } = statement;
  return { verdict: computeVerdict(steps), anchor, origin, steps, claims, later, hasEnded };
}

/** Checks a receipt: a statement without proof of inclusion, which is a promise by the key that it names. */
function checkReceipt(text: string, trust: OpenTrust): Verification {
  const { anchor, keys } = trust;
  const { statement, fault } = readSignedStatement(text);
  if (fault) {
    const step = fault.key === "verify.statement-broken" ? "form" : "signature";
    return broken(anchor, failStep(step, fault));
  }
  const isIssuerKnown = keys !== null;
  const steps = [
    formStep,
    signatureStep(statement, keys),
    ...withheldSteps(statement),
    leaveStepOpen("inclusion", { key: "verify.receipt-alone" }),
    isIssuerKnown ? knownKeysStep(anchor) : compareKeyStep(statement.header.kid),
  ].map((one) => gradeStep(one, { isIssuerKnown, isLogKnown: false }));
  const { claims } = statement;
  const origin = null;
  return {
    verdict: computeVerdict(steps),
    anchor,
    origin,
    steps,
    claims,
    later: [],
    hasEnded: false,
  };
}

/** Finds the name of the log in the checkpoint, or in the policy if there is no checkpoint. */
function findOrigin({ proof, policy }: Certificate): string | null {
  const note = readNote(readTlogProof(proof ?? "")?.checkpoint ?? "");
  const checkpoint = readCheckpoint(note?.text ?? "");
  return checkpoint?.origin ?? parsePolicy(policy)?.logs[0]?.name ?? null;
}

const broken = (anchor: Anchor, ...steps: CheckedStep[]): Verification => ({
  verdict: computeVerdict(steps),
  anchor,
  origin: null,
  steps,
  claims: null,
  later: [],
  hasEnded: false,
});

/** True if a file names the log of these keys as its own. That proves nothing. */
export function isFromLog({ origin }: Pick<Verification, "origin">, { policy }: Trust): boolean {
  const logs = parsePolicy(policy ?? "")?.logs ?? [];
  return logs.some(({ name }) => name === origin);
}

const formStep = passStep("form", { key: "verify.form-right" });

function signatureStep(
  { header, disclosures }: Statement,
  keys: StatementKeys | null,
): CheckedStep {
  const { kid: key } = header;
  if (keys && !keys.has(key)) {
    return failStep("signature", { key: "verify.signature-stranger", values: { key } });
  }
  const values = { shown: disclosures.size, key };
  return passStep("signature", { key: "verify.signature-right", values });
}

/** Reports signed claims that the file does not show. They may limit the others, as an end date does. */
function withheldSteps({ disclosures, payload, claims }: Statement): CheckedStep[] {
  if (claims.kind === undefined)
    return [leaveStepOpen("kept", { key: "verify.kept-kind" }, "unclear")];
  const count = payload.digests.length - disclosures.size;
  return count === 0 ? [] : [leaveStepOpen("kept", { key: "verify.kept", values: { count } })];
}

const StatedWords = z.object({ sha256: z.string(), language: z.string() });

/** Checks that the shown text is the one whose hash was signed. */
function wordsStep({ claims }: Statement, words: Certificate["words"]): CheckedStep {
  const stated = StatedWords.safeParse(claims.disclosure);
  if (words === null) return leaveStepOpen("words", { key: "verify.words-absent" });
  const isSame =
    stated.success &&
    stated.data.language === words.language &&
    stated.data.sha256 === bytesToHex(sha256(utf8ToBytes(words.text)));
  return isSame
    ? passStep("words", { key: "verify.words-right" })
    : failStep("words", { key: "verify.words-wrong" });
}

function inclusionSteps(inclusion: Inclusion | null, policy: Policy): CheckedStep[] {
  if (inclusion === null) {
    return [leaveStepOpen("inclusion", { key: "verify.not-yet-included" }, "promised")];
  }
  if (inclusion.fault) return [failStep("inclusion", inclusion.fault)];

  const { index, size, origin, witnesses } = inclusion;
  const included = passStep("inclusion", {
    key: "verify.included",
    values: { index: index + 1, size, origin },
  });
  if (policy.witnesses.length === 0) {
    return [included, leaveStepOpen("witnesses", { key: "verify.witnesses-none" })];
  }
  const names = witnesses.map(({ key }) => key.name);
  const [first] = witnesses.flatMap(({ at }) => at ?? []).toSorted((a, b) => Number(a) - Number(b));
  if (!policy.isMetBy(new Set(names))) {
    const values = { count: names.length };
    return [
      included,
      leaveStepOpen("witnesses", { key: "verify.witnesses-few", values }, "promised"),
    ];
  }
  if (first === undefined)
    return [included, leaveStepOpen("witnesses", { key: "verify.witnesses-none" })];
  const values = { count: names.length, names: names.join(", "), at: first };
  return [included, passStep("witnesses", { key: "verify.witnesses-right", values })];
}

type KnownKeys = { anchor: Anchor; isIssuerKnown: boolean; isPolicyFromFile: boolean };

/** Reports which keys were checked. A file cannot prove who owns them, so the reader must compare them. */
function keysStep(
  { header }: Statement,
  { logs }: Policy,
  { anchor, isIssuerKnown, isPolicyFromFile }: KnownKeys,
): CheckedStep {
  if (anchor === "file") {
    const key = logs.length === 0 ? header.kid : logs.map(writeNoteKey).join(", ");
    return compareKeyStep(key);
  }
  if (!isIssuerKnown) {
    return leaveStepOpen("keys", { key: "verify.key-untied", values: { key: header.kid } });
  }
  return isPolicyFromFile
    ? leaveStepOpen("keys", { key: "verify.log-key-to-compare", values: { key: logKeys(logs) } })
    : knownKeysStep(anchor);
}

const logKeys = (logs: Policy["logs"]) => logs.map(writeNoteKey).join(", ");
