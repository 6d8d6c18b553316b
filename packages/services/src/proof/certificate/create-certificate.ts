import { sql } from "kysely";
import {
  CHAIN_HEAD_TYPE,
  type Certificate,
  type ChainHead,
  ClaimName,
  type Claims,
  PersonalClaim,
  type ProvenStatement,
  chainClaims,
  readCheckpoint,
  readNote,
  readStatement,
  showClaims,
} from "@ringfence/core/proof/ledger";
import {
  ServiceError,
  type TransactionContext,
  signJws,
  selectRows,
} from "../../platform/internal.ts";
import { loadProof, findSignedCheckpoint } from "../ledger/internal.ts";
import { type StatementOnRecord, openStatements } from "../statement/internal.ts";
import { ConsentId } from "@ringfence/core/ids";
import { listConsentEventIds } from "../record/internal.ts";
import { z } from "zod";
import type { Action } from "@ringfence/core/platform/access";

/**
 * Creates a certificate of a statement (`stated`), with its proof and with later statements. `policy` is the log's. The
 * certificate shows exactly what these statements show: the caller has left out what the reader must not see.
 */
export const createCertificate = async (
  ctx: TransactionContext,
  policy: string,
  stated: StatementOnRecord,
  later: readonly StatementOnRecord[],
): Promise<Certificate> => ({
  format: "ringfence/certificate@v1",
  ...(await loadProvenStatement(ctx, stated)),
  words: await loadShownText(ctx, stated.claims),
  later: await Promise.all(later.map((one) => loadProvenStatement(ctx, one))),
  // The addresses of witnesses are not needed for verification.
  policy: policy.replaceAll(/^(witness \S+ \S+) \S+$/gm, "$1"),
});

/**
 * Creates the certificate of a statement with all that followed, up to the one that is signed as the last. Does not
 * check what the actor may see.
 */
export async function certifyStatement(
  ctx: TransactionContext,
  policy: string,
  stated: StatementOnRecord,
): Promise<Certificate> {
  // An erased person's statements have lost their place in the chain. Neither its content nor its length is shown.
  if (stated.claims.sequence === undefined) return createCertificate(ctx, policy, stated, []);
  const chainHead = await signChainHead(ctx, stated.subjectId);
  const later = await loadLaterStatements(ctx, stated);
  return { ...(await createCertificate(ctx, policy, stated, later)), chainHead };
}

async function loadProvenStatement(
  ctx: TransactionContext,
  { entryId, statement }: Pick<StatementOnRecord, "entryId" | "statement">,
): Promise<ProvenStatement> {
  const { leaf, proof = null, timestamps = [] } = await loadProof(ctx, entryId);
  return { statement, leaf, proof, timestamps: timestamps.map(({ token }) => token) };
}

/**
 * Creates a certificate of one opt-out or consent that hides its position in the subject's chain, so that it
 * reveals no other statement. With `hidesPerson` it also hides all personal claims, for a reader who may not be
 * the person that it was stated about, such as whoever reads a mailbox.
 */
export async function certifyWithoutChain(
  ctx: TransactionContext,
  policy: string,
  id: string,
  { hidesPerson = false } = {},
) {
  const stated = await requireFirstStatement(ctx, id);
  const { statement, fault } = readStatement(stated.statement);
  if (fault) throw new Error(`a statement on record does not hold: ${fault.key}`);
  const hidden = new Set<ClaimName>([
    ...chainClaims,
    ...(hidesPerson ? PersonalClaim.options : []),
  ]);
  const shown = ClaimName.options.filter((claim) => !hidden.has(claim));
  return createCertificate(ctx, policy, { ...stated, statement: showClaims(statement, shown) }, []);
}

/**
 * Loads the first statement about a consent, an opt-out, a suppression, an erasure or whatever else has this id.
 * Throws `not-found` if there is none, or if it is not of that kind. Does not check what the actor may see.
 */
export async function requireFirstStatement(
  ctx: TransactionContext,
  id: string,
  kind: CertificateKind = "any",
): Promise<StatementOnRecord> {
  // The id of any record is a UUID, which is all that `ConsentId` checks.
  const consent = ConsentId.safeParse(id);
  if (!consent.success) throw certificateNotFound();
  const events = await listConsentEventIds(ctx, consent.data);
  const [first] = await openStatements(ctx, { about: [...events, id] });
  if (!first || (kind !== "any" && !first.kind.startsWith(`${kind}.`))) throw certificateNotFound();
  return first;
}

const certificateNotFound = () => new ServiceError("not-found", { key: "certificate.not-found" });

/** Claims that a later opt-out shows in a consent's certificate: time and scope, but no notes. */
const optOutClaimNames: readonly ClaimName[] = [
  ...chainClaims,
  "kind",
  "opt_out",
  "scope",
  "seller",
  "purposes",
  "channel",
  "at",
  "reference",
];
/** Claims shown of the end of another consent: its id, so that it is not taken for an end of this one. */
const otherEndClaimNames: readonly ClaimName[] = [...chainClaims, "kind", "consent"];
/**
 * Claims shown of everything else: its kind, because a statement with a hidden kind could be a withdrawal.
 */
const otherClaimNames: readonly ClaimName[] = [...chainClaims, "kind"];

/**
 * Opens the later statements about the subject of `first`, each with its position in the chain and its kind.
 * Statements about the same consent or suppression are shown in full, opt-outs in short. Of all others, the kind is
 * shown, and of the end of another consent also its id. The caller has checked that the chain was not erased.
 */
async function loadLaterStatements(
  ctx: TransactionContext,
  first: StatementOnRecord,
): Promise<StatementOnRecord[]> {
  const all = await openStatements(ctx, { subjects: [first.subjectId] });
  return all
    .filter(({ sequence }) => sequence > first.sequence)
    .map((one) => ({ ...one, statement: redactStatement(one, first) }));
}

function redactStatement(one: StatementOnRecord, first: StatementOnRecord): string {
  const isSame = (["consent", "suppression"] as const).some(
    (claim) => first.claims[claim] !== undefined && one.claims[claim] === first.claims[claim],
  );
  if (isSame) return one.statement;
  const { statement, fault } = readStatement(one.statement);
  if (fault) throw new Error(`a statement on record does not hold: ${fault.key}`);
  return showClaims(statement, selectClaims(one));
}

function selectClaims({ kind }: StatementOnRecord): readonly ClaimName[] {
  if (kind.startsWith("opt-out.")) return optOutClaimNames;
  const isEnd = kind === "consent.withdrawn" || kind === "consent.invalidated";
  return isEnd ? otherEndClaimNames : otherClaimNames;
}

/**
 * Signs which statement about a subject is the latest, so that a holder of a certificate cannot cut off what
 * followed. Locks the subject: statements read after this call are exactly those up to the signed one.
 */
async function signChainHead(ctx: TransactionContext, subjectId: string): Promise<string> {
  const { db, keys, organizationId, now } = ctx;
  const [subject] = await selectRows(
    { db },
    z.object({ statements: z.number(), head: z.instanceof(Uint8Array) }),
    sql`
    SELECT statements, head FROM vault.subject
    WHERE organization_id = ${organizationId}::uuid AND subject_id = ${subjectId}::uuid FOR SHARE`,
  );
  if (!subject) throw new Error("a statement has no subject");
  const head: ChainHead = {
    iss: `ringfence:${organizationId}`,
    iat: Math.floor(now.getTime() / 1_000),
    sequence: subject.statements,
    head: Buffer.from(subject.head).toString("base64url"),
    checkpoint: await latestCheckpoint(ctx),
  };
  return signJws(keys.statement, CHAIN_HEAD_TYPE, head);
}

async function latestCheckpoint({ db }: TransactionContext): Promise<ChainHead["checkpoint"]> {
  const signed = await findSignedCheckpoint({ db });
  const checkpoint = readCheckpoint(readNote(signed?.note ?? "")?.text ?? "");
  return checkpoint && { ...checkpoint, root: Buffer.from(checkpoint.root).toString("base64") };
}

const NamedDisclosure = z.object({ id: z.uuid(), version: z.int() });

/** Loads the text of the disclosure that a statement names; null if it names none. */
async function loadShownText(
  { db, organizationId }: TransactionContext,
  { disclosure }: Claims,
): Promise<Certificate["words"]> {
  const named = NamedDisclosure.safeParse(disclosure);
  if (!named.success) return null;
  return db.disclosure.findFirst({
    where: { organizationId, ...named.data },
    select: { language: true, text: true },
  });
}

/** Kinds of records whose certificate can be asked for; `any` leaves the kind open. */
export const CertificateKind = z.enum(["consent", "opt-out", "any"]);
export type CertificateKind = z.infer<typeof CertificateKind>;

/** Action that each kind of certificate requires. */
export const proofActions = {
  consent: "consent.prove",
  "opt-out": "opt-out.prove",
  any: "proof.read",
} as const satisfies Record<CertificateKind, Action>;
