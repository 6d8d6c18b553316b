// oxlint-disable-next-line house/no-ambient-input -- a hash depends on what is hashed alone
import { hash } from "node:crypto";
import type { Claims, StatementKind } from "@ringfence/core/proof/ledger";
import { actorOnRecord } from "../../platform/access/actor-on-record.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { appendStatements } from "../ledger/append-statement.ts";
import { type IssuedStatement, issueStatement } from "./issue-statement.ts";
import { sealDisclosures } from "./seal-disclosures.ts";
import { type Subject, holdSubjects } from "./subject-keys.ts";

/** What happened, to be stated. */
export type NewStatement = {
  /** Whom it is about: the id of a phone, or of the thing itself where it is about nobody. */
  subjectId: string;
  /** The id of the event, which is stated once. */
  about: string;
  claims: Claims;
};

type Made = { sequence: number; subject: Subject; about: string; issued: IssuedStatement };

/**
 * States what happened, in the transaction in which it happens: signed, in the ledger when that is
 * sequenced, and what it discloses in the vault. Answers with what was issued, in the same order.
 */
export async function putStatements(
  ctx: TransactionContext,
  kind: StatementKind,
  statements: readonly NewStatement[],
): Promise<IssuedStatement[]> {
  if (statements.length === 0) return [];
  const subjects = await holdSubjects(
    ctx,
    statements.map(({ subjectId }) => subjectId),
  );
  const made: Made[] = [];
  for (const statement of statements) {
    const subject = subjects.get(statement.subjectId);
    if (!subject) throw new Error("a statement is about nobody");
    made.push(await make(ctx, kind, statement, subject));
  }
  const { db, organizationId } = ctx;
  const appended = await appendStatements(
    db,
    made.map(({ subject, sequence, issued }) => ({
      organizationId,
      kind,
      // Of a subject no two have one number, for it is locked: versions of a text are several.
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
  await moveHeads(ctx, [...subjects.values()]);
  return made.map(({ issued }) => issued);
}

async function make(
  { keys, actor, now }: TransactionContext,
  kind: StatementKind,
  { about, claims }: NewStatement,
  subject: Subject,
): Promise<Made> {
  const sequence = subject.statements + 1;
  const previous = subject.head && Buffer.from(subject.head).toString("base64url");
  const issued = await issueStatement(keys, {
    kind,
    ...claims,
    recorded_at: now.toISOString(),
    recorded_by: actorOnRecord(actor),
    sequence,
    previous,
  });
  subject.statements = sequence;
  subject.head = hash("sha256", issued.jwt, "buffer");
  return { sequence, subject, about, issued };
}

async function insertStatements(
  { db, organizationId }: TransactionContext,
  made: readonly Made[],
  entryIds: readonly string[],
) {
  await db.$executeRaw`
    INSERT INTO vault.statement (organization_id, entry_id, subject_id, sequence, about)
    SELECT ${organizationId}::uuid, entry_id, subject_id, sequence, about
    FROM unnest(${entryIds}::uuid[], ${made.map(({ subject }) => subject.id)}::uuid[],
        ${made.map(({ sequence }) => sequence)}::int[], ${made.map(({ about }) => about)}::uuid[])
      AS made (entry_id, subject_id, sequence, about)`;
}

async function moveHeads({ db, organizationId }: TransactionContext, subjects: readonly Subject[]) {
  await db.$executeRaw`
    UPDATE vault.subject SET statements = moved.statements, head = moved.head
    FROM unnest(${subjects.map(({ id }) => id)}::uuid[],
        ${subjects.map(({ statements }) => statements)}::int[],
        ${subjects.map(({ head }) => head)}::bytea[]) AS moved (id, statements, head)
    WHERE organization_id = ${organizationId}::uuid AND subject_id = moved.id`;
}
