import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { z } from "zod";
import { decodeBase64url, decodeJsonPart, readBase64 } from "../../platform/base64.ts";
import { type KeyTaking, createMessage } from "../../platform/message/index.ts";
import {
  type CheckedStep,
  type Policy,
  type StatementKeys,
  type Trust,
  type Verification,
  PLAIN_STATEMENT_TYPE,
  checkCertificate,
  checkTlogProof,
  compareKeyStep,
  computeVerdict,
  createLeaf,
  failStep,
  findUnreadableTrust,
  formatFileHash,
  gradeStep,
  hashLeaf,
  isInclusionProven,
  isSignedStatement,
  knownKeysStep,
  leaveStepOpen,
  openTrust,
  parsePolicy,
  passStep,
  readJws,
  readKeySet,
  readStatement,
} from "../ledger/index.ts";
import { PACK_TYPE, type PackFiles, PackManifest, listPackFiles, packPaths } from "./manifest.ts";

/*
 * Checks an evidence pack without asking anyone, in a browser or on a command line. The manifest is signed and names
 * the SHA-256 of each file, so a changed file is noticed. Whoever signed could still have written anything, so each
 * record is checked by itself too: certificates by their own signatures, and screenings and statements by the log that
 * holds them since the day they were made.
 */

/**
 * Checks the files of a pack. Only statement keys of the reader or the site prove who made it: the policy of a log proves
 * what was stated, and nothing of the list of files.
 */
export function checkPack(files: PackFiles, trust: Trust = {}): Verification {
  const opened = openTrust(trust);
  const anchor = opened.keys === null ? "file" : opened.anchor;
  const unreadable = findUnreadableTrust(trust, opened);
  if (unreadable) return toVerification([unreadable], { anchor, origin: null });

  const policy = opened.policy ?? parsePolicy(readText(files, packPaths.policy));
  const keys = opened.keys ?? readKeySet(readText(files, packPaths.keys));
  const about = { anchor, origin: policy?.logs[0]?.name ?? null };
  if (policy === null || keys === null) {
    return toVerification([failStep("form", { key: "verify.pack.no-keys" })], about);
  }
  const signed = readJws(readText(files, packPaths.signature).trim(), PACK_TYPE, keys);
  const signature = signatureStep(signed);
  if (signed.fault) return toVerification([signature], about);
  const { data: manifest } = PackManifest.safeParse(signed.payload);
  if (manifest === undefined) {
    return toVerification([failStep("form", { key: "verify.form-newer" })], about);
  }
  const steps = [
    passStep("form", { key: "verify.pack.form-right" }),
    signature,
    filesStep(files, manifest),
    certificatesStep(files, { ...trust, keys: trust.keys ?? readText(files, packPaths.keys) }),
    inclusionStep(files, { keys, policy }),
    statementsStep(files),
    evidenceStep(files),
    recordsStep(files),
    lawStep(files),
    anchor === "file" ? compareKeyStep([...keys.keys()].join(", ")) : knownKeysStep(anchor),
  ].map((one) =>
    gradeStep(one, { isIssuerKnown: opened.keys !== null, isLogKnown: opened.policy !== null }),
  );
  return toVerification(steps, about);
}

const toVerification = (
  steps: readonly CheckedStep[],
  about: Pick<Verification, "anchor" | "origin">,
): Verification => ({
  verdict: computeVerdict(steps),
  ...about,
  steps,
  claims: null,
  later: [],
  hasEnded: false,
});

const readText = (files: PackFiles, path: string): string =>
  new TextDecoder().decode(files.get(path) ?? new Uint8Array());

const readJson = (files: PackFiles, path: string): unknown => parse(readText(files, path));

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const listFiles = (files: PackFiles, folder: string, ending = ".json") =>
  [...files.keys()]
    .filter((path) => path.startsWith(`${folder}/`) && path.endsWith(ending))
    .toSorted();

const findId = (path: string) => path.slice(path.lastIndexOf("/") + 1, path.lastIndexOf("."));

const fail = (
  step: CheckedStep["step"],
  key: KeyTaking<{ file: string }>,
  file: string,
): CheckedStep => failStep(step, createMessage(key, { file }));

function signatureStep({ fault, kid }: ReturnType<typeof readJws>): CheckedStep {
  if (fault === undefined) {
    return passStep("signature", { key: "verify.pack.signature-right", values: { key: kid } });
  }
  return fault === "other-key" && kid !== null
    ? failStep("signature", { key: "verify.signature-stranger", values: { key: kid } })
    : failStep("signature", { key: "verify.pack.signature-wrong" });
}

/** Compares each file with the manifest. A file too many could pass for evidence, so it is a fault too. */
function filesStep(files: PackFiles, manifest: PackManifest): CheckedStep {
  const listed = new Map(manifest.files.map((file) => [file.path, file]));
  const { manifest: manifestPath, signature } = packPaths;
  const present = new Map(
    [...files].filter(([path]) => path !== manifestPath && path !== signature),
  );
  for (const { path, bytes, sha256: hash } of listPackFiles(present)) {
    const expected = listed.get(path);
    if (expected === undefined) return fail("files", "verify.pack.file-added", path);
    if (expected.bytes !== bytes || expected.sha256 !== hash) {
      return fail("files", "verify.pack.file-changed", path);
    }
  }
  const missing = manifest.files.find(({ path }) => !present.has(path));
  if (missing) return fail("files", "verify.pack.file-missing", missing.path);
  const { data: shown } = PackManifest.safeParse(readJson(files, manifestPath));
  if (JSON.stringify(shown) !== JSON.stringify(manifest)) {
    return fail("files", "verify.pack.file-changed", manifestPath);
  }
  return passStep("files", { key: "verify.pack.files-right", values: { count: listed.size } });
}

function certificatesStep(files: PackFiles, trust: Trust): CheckedStep {
  const paths = listFiles(files, "certificates");
  const verdicts = new Map(
    paths.map((path) => [path, checkCertificate(readText(files, path), trust).verdict]),
  );
  const broken = paths.find((path) =>
    ["broken", "unrecognized"].includes(verdicts.get(path) ?? "broken"),
  );
  if (broken !== undefined) return fail("certificates", "verify.pack.certificate-wrong", broken);
  const unclear = paths.find((path) => verdicts.get(path) === "unclear");
  if (unclear !== undefined) {
    const message = createMessage("verify.pack.certificate-unclear", { file: unclear });
    return leaveStepOpen("certificates", message, "unclear");
  }
  const values = { count: paths.length };
  const open = [...verdicts.values()].filter((verdict) => verdict === "promised").length;
  if (open > 0) {
    return leaveStepOpen(
      "certificates",
      { key: "verify.pack.certificates-open", values: { count: open } },
      "promised",
    );
  }
  return passStep("certificates", { key: "verify.pack.certificates-right", values });
}

const ScreeningPlace = z.object({
  record: z.string(),
  index: z.int().nonnegative(),
  size: z.int().positive(),
  path: z.array(z.string()),
});

/** As the API answers for a statement or a screening. */
const PackProof = z.object({
  statement: z.string(),
  leaf: z.string(),
  proof: z.string().optional(),
  screening: ScreeningPlace.optional(),
});
type PackProof = z.infer<typeof PackProof>;

const BatchClaims = z.object({
  kind: z.literal("screening.batch"),
  count: z.int(),
  root: z.string(),
});

/** Checks that each statement with a proof was signed by the issuer, and that the log holds it. */
function inclusionStep(
  files: PackFiles,
  { keys, policy }: { keys: StatementKeys; policy: Policy },
): CheckedStep {
  const paths = listFiles(files, "proofs");
  let [waiting, unwitnessed] = [0, 0];
  for (const path of paths) {
    const { data: proof } = PackProof.safeParse(readJson(files, path));
    if (proof === undefined || !isSignedBy(proof.statement, keys)) {
      return fail("inclusion", "verify.pack.statement-wrong", path);
    }
    if (new TextDecoder().decode(createLeaf(proof.statement)) !== proof.leaf) {
      return fail("inclusion", "verify.pack.proof-wrong", path);
    }
    if (proof.proof === undefined) waiting++;
    else {
      const names = findWitnesses(proof.proof, proof.leaf, policy);
      if (names === null) return fail("inclusion", "verify.pack.proof-wrong", path);
      if (!policy.isMetBy(names)) unwitnessed++;
    }
  }
  if (waiting > 0) {
    const values = { count: waiting };
    const key = "verify.pack.not-yet-included";
    return leaveStepOpen("inclusion", { key, values }, "promised");
  }
  if (unwitnessed > 0) {
    const values = { count: unwitnessed };
    return leaveStepOpen("inclusion", { key: "verify.pack.not-witnessed", values }, "promised");
  }
  return passStep("inclusion", { key: "verify.pack.included", values: { count: paths.length } });
}

/** True if a key that counts signed the statement: one about a person (SD-JWT), or one that concerns nobody. */
function isSignedBy(statement: string, keys: StatementKeys): boolean {
  if (!readJws(statement, PLAIN_STATEMENT_TYPE, keys).fault) return true;
  const { statement: read } = readStatement(`${statement}~`);
  return (
    read !== undefined && keys.get(read.header.kid) === read.header.jwk.x && isSignedStatement(read)
  );
}

/** Names the witnesses of the policy that signed the checkpoint of a proof; null if its log does not hold the entry. */
function findWitnesses(proof: string, leaf: string, policy: Policy): Set<string> | null {
  const checked = checkTlogProof(proof, utf8ToBytes(leaf), [...policy.logs, ...policy.witnesses]);
  if (!checked.ok || !checked.signers.some(({ key }) => key.type === "log")) return null;
  const witnesses = checked.signers.filter(({ key }) => key.type === "witness");
  return new Set(witnesses.map(({ key }) => key.name));
}

/**
 * Checks that each statement is the one of its proof, with nothing shown that was not signed: the log holds only the
 * hash of the signed part.
 */
function statementsStep(files: PackFiles): CheckedStep {
  const paths = listFiles(files, "past/statements", ".txt");
  for (const path of paths) {
    const { data: proof } = PackProof.safeParse(readJson(files, packPaths.proof(findId(path))));
    if (proof === undefined || !isShownAsSigned(readText(files, path), proof.statement)) {
      return fail("statements", "verify.pack.statement-other", path);
    }
  }
  const values = { count: paths.length };
  return passStep("statements", { key: "verify.pack.statements-right", values });
}

/** True if a file holds exactly this signed statement, or shows claims of it whose hashes it signs. */
const isShownAsSigned = (shown: string, signed: string): boolean =>
  shown === signed || readStatement(shown).statement?.jwt === signed;

/** Checks that each recording or scan is one whose SHA-256 a statement of the pack names. */
function evidenceStep(files: PackFiles): CheckedStep {
  const named = new Set(
    listFiles(files, "past/statements", ".txt").flatMap((path) => {
      const { statement } = readStatement(readText(files, path));
      return statement ? [statement.claims["recording"], statement.claims["scan"]] : [];
    }),
  );
  const paths = listFiles(files, "past/evidence", "");
  const wrong = paths.find((path) => {
    const hash = bytesToHex(sha256(files.get(path) ?? new Uint8Array()));
    return findId(path) !== hash || !named.has(formatFileHash(hash));
  });
  if (wrong !== undefined) return fail("evidence", "verify.pack.evidence-wrong", wrong);
  return passStep("evidence", {
    key: "verify.pack.evidence-right",
    values: { count: paths.length },
  });
}

/**
 * Checks that each record of a screening is the one that the log committed to: it leads to the root that the statement
 * of its batch names.
 */
function recordsStep(files: PackFiles): CheckedStep {
  const paths = listFiles(files, "past/screenings");
  let waiting = 0;
  for (const path of paths) {
    const id = findId(path);
    const proofPath = packPaths.proof(id);
    if (!files.has(proofPath)) {
      waiting++;
      continue;
    }
    const { data: proof } = PackProof.safeParse(readJson(files, proofPath));
    if (proof === undefined || !isCommitted(readText(files, path), id, proof)) {
      return fail("records", "verify.pack.record-wrong", path);
    }
  }
  const values = { count: paths.length };
  if (waiting === 0) return passStep("records", { key: "verify.pack.records-right", values });
  return leaveStepOpen(
    "records",
    { key: "verify.pack.records-open", values: { count: waiting } },
    "promised",
  );
}

const RecordId = z.object({ id: z.string() });

function isCommitted(record: string, id: string, { statement, screening }: PackProof): boolean {
  const { data: claims } = BatchClaims.safeParse(decodeJsonPart(statement.split(".")[1] ?? ""));
  if (screening === undefined || claims === undefined || screening.record !== record) return false;
  const { data: named } = RecordId.safeParse(parse(record));
  const path = screening.path.flatMap((hash) => readBase64(hash) ?? []);
  const root = decodeBase64url(claims.root);
  return (
    named?.id === id &&
    root !== null &&
    path.length === screening.path.length &&
    claims.count === screening.size &&
    isInclusionProven(
      hashLeaf(utf8ToBytes(record)),
      { index: screening.index, path },
      { size: screening.size, root },
    )
  );
}

const Judged = z.object({
  checked: z.object({
    rules: z.string().nullable().default(null),
    policies: z.array(z.string()).default([]),
  }),
});
const KeptRules = z.object({ base: z.string().nullable().default(null) });

/** True if the pack has a rule set, and the one that it rests on. */
function hasRules(files: PackFiles, hash: string): boolean {
  const path = packPaths.law(hash);
  if (!files.has(path)) return false;
  const base = KeptRules.safeParse(readJson(files, path)).data?.base ?? null;
  return base === null || hasRules(files, base);
}

/**
 * Checks that each rule set and policy is the one of its hash, and that the pack has those that judged its screenings.
 */
function lawStep(files: PackFiles): CheckedStep {
  const texts = [
    ...listFiles(files, "past/law").map((path) => ({ path, toPath: packPaths.law })),
    ...listFiles(files, "past/policies").map((path) => ({ path, toPath: packPaths.ownRules })),
  ];
  for (const { path, toPath } of texts) {
    const hash = bytesToHex(sha256(files.get(path) ?? new Uint8Array()));
    if (path !== toPath(hash)) return fail("law", "verify.pack.law-wrong", path);
  }
  const paths = listFiles(files, "past/screenings");
  const absent = paths.filter((path) => {
    const judged = Judged.safeParse(readJson(files, path)).data?.checked;
    return (
      judged === undefined ||
      judged.rules === null ||
      !hasRules(files, judged.rules) ||
      !judged.policies.every((hash) => files.has(packPaths.ownRules(hash)))
    );
  });
  const values = { count: absent.length };
  return absent.length === 0
    ? passStep("law", { key: "verify.pack.law-right" })
    : leaveStepOpen("law", { key: "verify.pack.law-absent", values });
}
