import {
  type LawChange,
  type LawDocument,
  LawUpdateFile,
  assembleLaw,
  compareLaws,
  digestUpdate,
  explainIssues,
  findLawFaults,
  findOrderFault,
  hashRuleSet,
  serializeRuleSet,
  toRuleBook,
} from "@ringfence/core/people/jurisdiction";
import { explainFailedExamples } from "@ringfence/core/calling/screening";
// Checking a signature is deterministic.
// oxlint-disable-next-line house/no-ambient-input
import { createPublicKey, hash, verify } from "node:crypto";
import { z } from "zod";
import { type Installation, type SigningKey, signJws } from "../../platform/internal.ts";
import { createRuleSetReader, findInstalledLaw, installLaw, lockLaw } from "./install-law.ts";
import { loadLawDocument } from "./load-law.ts";

/** Type of the signature of an update, so that no other signature of the same key passes for one. */
const TYPE = "ringfence-law-update+jwt";

/** Signs an update: `file` is complete but for its signature. */
export const signLawUpdate = <File extends Record<string, unknown>>(
  key: SigningKey,
  file: File,
): File & { signature: string } => ({
  ...file,
  signature: signJws(key, TYPE, { sha256: digestUpdate(file) }),
});

/** Outcome of an update: what is wrong with it, in sentences, or what it changes. */
export type LawUpdateOutcome =
  | { faults: readonly string[] }
  | {
      faults: readonly [];
      hash: string;
      asOf: string;
      summary: string;
      keyId: string;
      changes: readonly LawChange[];
      isApplied: boolean;
    };

/**
 * Checks an update and, if `isWanted`, puts it in force, in one transaction with the law locked. `trusted` are the
 * public keys of publishers that the operator trusts, as a JWK has them (`x`). An update with any fault changes
 * nothing.
 */
export async function updateLaw(
  { db: { prisma }, keys }: Pick<Installation, "db" | "keys">,
  { text, trusted, isWanted }: { text: string; trusted: readonly string[]; isWanted: boolean },
): Promise<LawUpdateOutcome> {
  const opened = openFile(text, trusted);
  if ("faults" in opened) return opened;
  const { file, keyId } = opened;
  return prisma.$transaction(
    async (db): Promise<LawUpdateOutcome> => {
      await lockLaw({ db });
      const current = await findInstalledLaw({ db });
      if (current === null) {
        return {
          faults: ["No law is in force yet. Start the program once, then install updates."],
        };
      }
      const former = await loadLawDocument(current.hash, createRuleSetReader({ db }));
      const law = assembleLaw(file, file.base === null ? null : former);
      const ruleSet = hashRuleSet(serializeRuleSet(law));
      const installed = await db.installedLaw.findMany({ select: { ruleSet: true } });
      const order = findOrderFault(
        { asOf: file.as_of, base: file.base, hash: ruleSet },
        current,
        new Set(installed.map((row) => row.ruleSet)),
      );
      if (order !== null) return { faults: [order] };
      const faults = findFaults(law, new Set(file.jurisdictions.map(({ id }) => id)));
      if (faults.length > 0) return { faults };

      const described = { hash: ruleSet, asOf: file.as_of, summary: file.summary, keyId };
      if (!isWanted) {
        const changes = compareLaws(former, law);
        return { faults: [], ...described, changes, isApplied: false };
      }
      const fileSha256 = hash("sha256", text, "hex");
      const { changes } = await installLaw({ db, keys }, law, {
        source: "update",
        keyId,
        fileSha256,
        summary: file.summary,
      });
      return { faults: [], ...described, changes, isApplied: true };
    },
    { timeout: 60_000 },
  );
}

/** Parses a file and checks its signature. A file that no trusted publisher has signed is not examined further. */
function openFile(
  text: string,
  trusted: readonly string[],
): { faults: string[] } | { file: LawUpdateFile; keyId: string } {
  if (trusted.length === 0) {
    return {
      faults: [
        "No publisher is trusted. Set RINGFENCE_LAW_KEYS to the public keys of those whose updates you accept.",
      ],
    };
  }
  const json = parseJson(text);
  const signed = z.looseObject({ signature: z.string() }).safeParse(json).data;
  if (signed === undefined) {
    return {
      faults: [
        "The file is not a signed update: it is not JSON, or it has no signature. Ask the publisher for it again.",
      ],
    };
  }
  const keyId = findSigner(signed.signature, digestUpdate(signed), trusted);
  if (keyId === null) {
    return {
      faults: [
        "No trusted publisher signed this file: it was altered, or its key is not in RINGFENCE_LAW_KEYS. Ask the publisher for the file and the public key again.",
      ],
    };
  }
  const read = LawUpdateFile.safeParse(json);
  return read.success ? { file: read.data, keyId } : { faults: explainIssues(read.error, json) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const Payload = z.strictObject({ sha256: z.string() });
const Header = z.strictObject({ alg: z.literal("EdDSA"), typ: z.literal(TYPE), kid: z.string() });

const decode = (part: string) => parseJson(Buffer.from(part, "base64url").toString());

/** Finds the id of the trusted key that signed a digest; null if none did. */
function findSigner(jws: string, digest: string, trusted: readonly string[]): string | null {
  const [head = "", body = "", signature = "", ...more] = jws.split(".");
  const header = Header.safeParse(decode(head)).data;
  const payload = Payload.safeParse(decode(body)).data;
  if (more.length > 0 || header === undefined || payload?.sha256 !== digest) return null;
  const x = trusted.find((key) => findKeyId(key) === header.kid);
  if (x === undefined) return null;
  const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
  const isSigned = verify(
    null,
    Buffer.from(`${head}.${body}`),
    key,
    Buffer.from(signature, "base64url"),
  );
  return isSigned ? header.kid : null;
}

/** Returns the JWK thumbprint (RFC 7638) of a public key. */
const findKeyId = (x: string) =>
  hash("sha256", JSON.stringify({ crv: "Ed25519", kty: "OKP", x }), "base64url");

/** Finds what is wrong with a law, and with the examples of the places that an update brings. */
function findFaults(law: LawDocument, places: ReadonlySet<string>): string[] {
  const book = toRuleBook(law);
  const faults = findLawFaults(book);
  if (faults.length > 0) return faults;
  return book.rules
    .filter(({ jurisdiction }) => places.has(jurisdiction))
    .flatMap((rule) =>
      explainFailedExamples(book, rule).map(
        (fault) => `Rule ${rule.id}: ${fault}. Correct the rule or the example.`,
      ),
    );
}
