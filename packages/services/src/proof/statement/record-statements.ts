import { sql } from "kysely";
import { z } from "zod";
// oxlint-disable-next-line house/no-ambient-input -- a hash depends on what is hashed alone
import { hash } from "node:crypto";
import {
  ClaimName,
  type Claims,
  STATEMENT_TYPE,
  type StatementKind,
} from "@ringfence/core/proof/ledger";
import {
  type Keys,
  type TransactionContext,
  toStoredActor,
  selectRows,
} from "../../platform/internal.ts";
import { appendStatements } from "../ledger/internal.ts";
import { type Subject, lockSubjects, sealDisclosures } from "./subject-vault.ts";
import { SDJwtInstance } from "@sd-jwt/core";
import { PhoneId, type SellerId } from "@ringfence/core/ids";
import { type KnownSeller, loadSellers } from "../../account/seller/internal.ts";

/** An event to state. */
type NewStatement = {
  /** Its subject: the id of a phone, or of the thing itself if it concerns nobody. */
  subjectId: string;
  /** The id of the event, which is stated once. */
  about: string;
  claims: Claims;
};

type SignedStatement = {
  sequence: number;
  subject: Subject;
  about: string;
  issued: IssuedStatement;
};

/**
 * Signs statements in the transaction in which the events happen, appends them to the ledger, and seals
 * their disclosures in the vault. Returns what was issued, in the same order.
 */
export async function recordStatements(
  ctx: TransactionContext,
  kind: StatementKind,
  statements: readonly NewStatement[],
): Promise<IssuedStatement[]> {
  if (statements.length === 0) return [];
  const subjects = await lockSubjects(
    ctx,
    statements.map(({ subjectId }) => subjectId),
  );
  const made: SignedStatement[] = [];
  for (const statement of statements) {
    const subject = subjects.get(statement.subjectId);
    if (!subject) throw new Error("a statement is about nobody");
    made.push(await signStatement(ctx, kind, statement, subject));
  }
  const { db, organizationId } = ctx;
  const appended = await appendStatements(
    db,
    made.map(({ subject, sequence, issued }) => ({
      organizationId,
      kind,
      // The number is unique because the subject is locked. The id of what is stated would not do, because
      // a text has several versions.
      idempotencyKey: `${subject.id}/${sequence}`,
      statement: issued.jwt,
    })),
  );
  const entryIds = appended.map(({ entryId }) => entryId);
  await insertStatements(ctx, made, entryIds);
  await sealDisclosures(
    ctx,
    made.flatMap(({ subject, issued }, index) =>
      issued.disclosures.map((it) => ({
        ...it,
        entryId: entryIds[index] ?? "",
        key: subject.key,
      })),
    ),
  );
  await updateChainHeads(ctx, [...subjects.values()]);
  return made.map(({ issued }) => issued);
}

async function signStatement(
  { keys, actor, now }: TransactionContext,
  kind: StatementKind,
  { about, claims }: NewStatement,
  subject: Subject,
): Promise<SignedStatement> {
  const sequence = subject.statements + 1;
  const previous = subject.head && Buffer.from(subject.head).toString("base64url");
  const issued = await issueStatement(keys, {
    kind,
    ...claims,
    recorded_at: now.toISOString(),
    recorded_by: toStoredActor(actor),
    sequence,
    previous,
  });
  subject.statements = sequence;
  subject.head = hash("sha256", issued.jwt, "buffer");
  return { sequence, subject, about, issued };
}

async function insertStatements(
  { db, organizationId }: TransactionContext,
  made: readonly SignedStatement[],
  entryIds: readonly string[],
) {
  await db.$executeRaw`
    INSERT INTO vault.statement (organization_id, entry_id, subject_id, sequence, about)
    SELECT ${organizationId}::uuid, entry_id, subject_id, sequence, about
    FROM unnest(${entryIds}::uuid[], ${made.map(({ subject }) => subject.id)}::uuid[],
        ${made.map(({ sequence }) => sequence)}::int[], ${made.map(({ about }) => about)}::uuid[])
      AS made (entry_id, subject_id, sequence, about)`;
}

async function updateChainHeads(
  { db, organizationId }: TransactionContext,
  subjects: readonly Subject[],
) {
  await db.$executeRaw`
    UPDATE vault.subject SET statements = moved.statements, head = moved.head
    FROM unnest(${subjects.map(({ id }) => id)}::uuid[],
        ${subjects.map(({ statements }) => statements)}::int[],
        ${subjects.map(({ head }) => head)}::bytea[]) AS moved (id, statements, head)
    WHERE organization_id = ${organizationId}::uuid AND subject_id = moved.id`;
}

/** The signed JWT, and each claim as a salted disclosure. */
type IssuedStatement = { jwt: string; disclosures: { claim: ClaimName; encoded: string }[] };

const SALT_BYTES = 16;

/**
 * Signs a statement as an SD-JWT (RFC 9901) in which all claims are disclosures: the signed part has only
 * digests with 128 random bits each, which reveal nothing about anybody.
 *
 * Only this function uses the library.
 */
async function issueStatement(
  { statement: key, random }: Pick<Keys, "statement" | "random">,
  claims: Claims,
): Promise<IssuedStatement> {
  const salt = () => Buffer.from(random(SALT_BYTES)).toString("base64url");
  const issuer = new SDJwtInstance({
    signer: (text: string) => Buffer.from(key.sign(Buffer.from(text))).toString("base64url"),
    signAlg: "EdDSA",
    hasher: (text) => hash("sha256", typeof text === "string" ? text : Buffer.from(text), "buffer"),
    hashAlg: "sha-256",
    saltGenerator: salt,
  });
  const names = ClaimName.options.filter((name) => name in claims);
  const jwk = { kty: "OKP", crv: "Ed25519", x: key.x };
  const issued = await issuer.issue(
    { jti: salt(), ...claims },
    { _sd: names },
    { header: { typ: STATEMENT_TYPE, kid: key.id, jwk } },
  );
  const [jwt = "", ...disclosures] = issued.slice(0, -1).split("~");
  return {
    jwt,
    disclosures: disclosures.map((encoded) => ({ claim: readClaimName(encoded), encoded })),
  };
}

function readClaimName(encoded: string): ClaimName {
  const [, claim]: unknown[] = JSON.parse(Buffer.from(encoded, "base64url").toString());
  return ClaimName.parse(claim);
}

/** Names that statements contain besides ids, so that they can be read without our tables. */
type StatementNames = {
  organization: { id: string; name: string };
  seller: (id: SellerId | null | undefined) => KnownSeller | undefined;
  /** Returns nothing for an erased number, so that no statement brings it back. */
  phone: (id: PhoneId) => { phone?: string };
};

export async function loadStatementNames(
  ctx: TransactionContext,
  phoneIds: readonly PhoneId[],
): Promise<StatementNames> {
  const { db, organizationId } = ctx;
  const organization = await db.organization.findUniqueOrThrow({
    where: { id: organizationId },
    select: { id: true, name: true },
  });
  const sellers = new Map((await loadSellers(ctx)).map((seller) => [seller.id, seller]));
  const rows = await selectRows(
    { db },
    z.object({ id: PhoneId, e164: z.string() }),
    sql`
    SELECT id, e164 FROM phone
    WHERE organization_id = ${organizationId}::uuid AND id = ANY (${phoneIds}::uuid[])
      AND e164 IS NOT NULL`,
  );
  const phones = new Map(rows.map(({ id, e164 }) => [id, { phone: e164 }]));
  return {
    organization,
    seller: (id) => (id ? sellers.get(id) : undefined),
    phone: (id) => phones.get(id) ?? {},
  };
}

/** Claims without those of which nothing is known. */
export const omitUnknownClaims = (claims: Claims): Claims =>
  Object.fromEntries(
    Object.entries(claims).filter(([, value]) => value !== undefined && value !== null),
  );
