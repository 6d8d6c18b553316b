import { sql } from "kysely";
import { z } from "zod";
// oxlint-disable-next-line house/no-ambient-input -- the result of hashing depends only on its input
import { hash } from "node:crypto";
import {
  ClaimName,
  type Claims,
  STATEMENT_TYPE,
  type StatementKind,
  writeStatement,
} from "@ringfence/core/proof/ledger";
import {
  type Keys,
  type TransactionContext,
  toStoredActor,
  selectRow,
  toTable,
} from "../../platform/internal.ts";
import { appendStatements } from "../ledger/internal.ts";
import { type Subject, lockSubjects, sealDisclosures } from "./subject-vault.ts";
import { SDJwtInstance } from "@sd-jwt/core";
import { PhoneId, type SellerId } from "@ringfence/core/ids";
import { KnownSeller, selectSellersAsJson } from "../../account/seller/internal.ts";

/** A fact to record in a signed statement. */
type StatedFact = {
  /**
   * The subject whose key encrypts the disclosures and whose chain the statement joins: the id of a phone or, if
   * the statement concerns no person, of the row that it is about.
   */
  subjectId: string;
  /** The id of the row that the statement is about. Each version of a consent text has a statement about the same row. */
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
 * Signs statements in the transaction that makes the changes, appends them to the ledger, and encrypts their
 * disclosures in the vault. Locks their subjects until the transaction ends, so that each chain has no gap. Repeating the
 * call records the statements once more. Returns each as an SD-JWT with all its disclosures, in order.
 */
export async function recordStatements(
  ctx: TransactionContext,
  kind: StatementKind,
  statements: readonly StatedFact[],
): Promise<string[]> {
  if (statements.length === 0) return [];
  const subjects = await lockSubjects(
    ctx,
    statements.map(({ subjectId }) => subjectId),
  );
  const signed: SignedStatement[] = [];
  for (const statement of statements) {
    const subject = subjects.get(statement.subjectId);
    if (!subject) throw new Error("the subject of a statement was not locked");
    signed.push(await signStatement(ctx, kind, statement, subject));
  }
  const { db, organizationId } = ctx;
  const appended = await appendStatements(
    db,
    signed.map(({ subject, sequence, issued }) => ({
      organizationId,
      kind,
      // The sequence number is unique, because the subject is locked. `about` is not unique: several
      // versions of a text share it.
      idempotencyKey: `${subject.id}/${sequence}`,
      statement: issued.jwt,
    })),
  );
  const entryIds = appended.map(({ entryId }) => entryId);
  await storeStatements(ctx, signed, entryIds, [...subjects.values()]);
  return signed.map(({ issued: { jwt, disclosures } }) =>
    writeStatement(
      jwt,
      disclosures.map(({ encoded }) => encoded),
    ),
  );
}

/** Signs the next statement about a subject, and counts it in `subject`, so that the one after it follows on. */
async function signStatement(
  { keys, actor, now }: TransactionContext,
  kind: StatementKind,
  { about, claims }: StatedFact,
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

/** Stores statements, their disclosures and the new heads of the chains, by one statement of SQL. */
async function storeStatements(
  { db, organizationId }: TransactionContext,
  signed: readonly SignedStatement[],
  entryIds: readonly string[],
  subjects: readonly Subject[],
) {
  const rows = signed.map(({ subject, sequence, about }, index) => ({
    entryId: entryIds[index],
    subjectId: subject.id,
    sequence,
    about,
  }));
  const statements = toTable(rows, {
    entryId: "uuid",
    subjectId: "uuid",
    sequence: "int",
    about: "uuid",
  });
  const sealed = sealDisclosures(
    organizationId,
    signed.flatMap(({ subject: { key }, issued }, index) =>
      issued.disclosures.map((it) => ({ ...it, entryId: entryIds[index] ?? "", key })),
    ),
  );
  await db.$executeRaw`
    WITH stated AS (
      INSERT INTO vault.statement (organization_id, entry_id, subject_id, sequence, about)
      SELECT ${organizationId}::uuid, entry_id, subject_id, sequence, about
      FROM ${statements} AS signed
    ), disclosed AS (
      INSERT INTO vault.disclosure (organization_id, entry_id, claim, sealed)
      SELECT ${organizationId}::uuid, entry_id, claim, sealed
      FROM ${toTable(sealed, { entryId: "uuid", claim: "text", sealed: "bytea" })} AS disclosure
    )
    UPDATE vault.subject SET statements = updated.statements, head = updated.head
    FROM ${toTable(subjects, { id: "uuid", statements: "int", head: "bytea" })} AS updated
    WHERE organization_id = ${organizationId}::uuid AND subject_id = updated.id`;
}

/** The signed JWT, and each claim as a salted disclosure. */
type IssuedStatement = { jwt: string; disclosures: { claim: ClaimName; encoded: string }[] };

const SALT_BYTES = 16;

/**
 * Signs a statement as an SD-JWT (RFC 9901) in which each claim is a disclosure. The signed part holds a random
 * `jti` and the digests of the claims, each salted with 128 random bits, so that it reveals nothing about
 * anybody.
 *
 * Only this function uses `@sd-jwt/core`.
 */
async function issueStatement(
  { statement: key, random }: Pick<Keys, "statement" | "random">,
  claims: Claims,
): Promise<IssuedStatement> {
  const createSalt = () => Buffer.from(random(SALT_BYTES)).toString("base64url");
  const issuer = new SDJwtInstance({
    signer: (text: string) => Buffer.from(key.sign(Buffer.from(text))).toString("base64url"),
    signAlg: "EdDSA",
    hasher: (text) => hash("sha256", typeof text === "string" ? text : Buffer.from(text), "buffer"),
    hashAlg: "sha-256",
    saltGenerator: createSalt,
  });
  const names = ClaimName.options.filter((name) => name in claims);
  const jwk = { kty: "OKP", crv: "Ed25519", x: key.x };
  const issued = await issuer.issue(
    { jti: createSalt(), ...claims },
    { _sd: names },
    { header: { typ: STATEMENT_TYPE, kid: key.id, jwk } },
  );
  // The form is `<jwt>~<disclosure>~…<disclosure>~`.
  const [jwt = "", ...disclosures] = issued.slice(0, -1).split("~");
  return {
    jwt,
    disclosures: disclosures
      .map((encoded) => ({ claim: readClaimName(encoded), encoded }))
      // In the order in which `openStatements` reads them, so that a statement has the same text each time.
      .toSorted((a, b) => (a.claim < b.claim ? -1 : 1)),
  };
}

function readClaimName(encoded: string): ClaimName {
  const [, claim]: unknown[] = JSON.parse(Buffer.from(encoded, "base64url").toString());
  return ClaimName.parse(claim);
}

/** Names that statements contain besides ids, so that they can be understood without our database. */
type StatementNames = {
  organization: { id: string; name: string };
  /** Undefined without an id, and for a seller that does not exist. */
  seller: (id: SellerId | null | undefined) => KnownSeller | undefined;
  /** Returns `{}` for an erased number, so that no new statement contains it. */
  phone: (id: PhoneId) => { phone?: string };
};

const NamesRow = z.object({
  id: z.string(),
  name: z.string(),
  sellers: z.array(KnownSeller),
  phones: z.array(z.object({ id: PhoneId, e164: z.string() })),
});

/** Loads the names for statements about these phones. */
export async function loadStatementNames(
  { db, organizationId }: TransactionContext,
  phoneIds: readonly PhoneId[],
): Promise<StatementNames> {
  const row = await selectRow(
    { db },
    NamesRow,
    sql`
    SELECT organization.id, name, ${selectSellersAsJson(organizationId)} AS sellers, (
      SELECT coalesce(json_agg(json_build_object('id', phone.id, 'e164', e164)), '[]') FROM phone
      WHERE organization_id = ${organizationId}::uuid AND phone.id = ANY (${phoneIds}::uuid[])
        AND e164 IS NOT NULL
    ) AS phones
    FROM organization WHERE organization.id = ${organizationId}::uuid`,
  );
  const organization = { id: row.id, name: row.name };
  const sellers = new Map(row.sellers.map((seller) => [seller.id, seller]));
  const phones = new Map(row.phones.map(({ id, e164 }) => [id, { phone: e164 }]));
  return {
    organization,
    seller: (id) => (id ? sellers.get(id) : undefined),
    phone: (id) => phones.get(id) ?? {},
  };
}

/** Leaves out claims whose value is null or undefined. */
export const omitUnknownClaims = (claims: Claims): Claims =>
  Object.fromEntries(
    Object.entries(claims).filter(([, value]) => value !== undefined && value !== null),
  );
