// Hashing is deterministic.
// oxlint-disable-next-line house/no-ambient-input
import { createHash } from "node:crypto";
import { sql } from "kysely";
import { z } from "zod";
import { PhoneId, RegistryAskId, RegistryId, RegistryQuestionId } from "@ringfence/core/ids";
import {
  type RuleBook,
  findWhereabouts,
  listLineage,
  listRequiredRegistries,
} from "@ringfence/core/people/jurisdiction";
import { findCallingCode, lookUpPlan } from "@ringfence/core/people/phone";
import {
  AttestAnswer,
  MAX_QUESTION_NUMBERS,
  RegistryFormat,
  RegistrySource,
  ReviewAnswer,
  findEarliestDayStart,
  findListedRegion,
  readAttestedAnswer,
  toQuestionFile,
} from "@ringfence/core/do-not-call/registry";
import type { Message } from "@ringfence/core/platform/message";
import {
  ServiceError,
  type TransactionContext,
  command,
  createId,
  loadMemberNames,
  query,
  selectRows,
  startRun,
} from "../../platform/internal.ts";
import {
  assertIndependentReviewer,
  findReviewFault,
  loadReviewFacts,
  requireMemberId,
} from "../../account/member/internal.ts";
import { loadLaw } from "../../people/jurisdiction/internal.ts";
import { assertConnected, lockRegistry, registryNotFound } from "./registry.ts";
import { loadAnswerAges, saveAnswers } from "./ask-registry.ts";

/**
 * Converts an instant to the calendar day at UTC plus `hours`. A day ends last at UTC-12, and begins first at UTC+14.
 */
const toDay = (at: Date, hours: number) =>
  new Date(at.getTime() + hours * 3_600_000).toISOString().slice(0, 10);

const hashText = (text: string) => createHash("sha256").update(text).digest("hex");

/**
 * Creates a question for the operator of a list: numbers of contacts without an answer or with one that soon expires,
 * in the places that require the list, or in its whole country if no rule does; at most `MAX_QUESTION_NUMBERS`. Throws
 * `conflict` if there are none.
 */
export const createRegistryQuestion = command({
  name: "createRegistryQuestion",
  action: "registry.change",
  input: z.strictObject({ registryId: RegistryId }),
  transaction: { timeoutMs: 60_000 },
  run: async (ctx, { registryId }) => {
    const { db, organizationId, now } = ctx;
    const { code, disconnectedAt, region } = await lockAttestedRegistry(ctx, registryId);
    assertConnected({ disconnectedAt });
    const phones = await loadNumbersToAsk(ctx, registryId, { code, region });
    if (phones.length === 0)
      throw new ServiceError("conflict", { key: "registry.answer.none-to-ask" });
    const id = await createId(ctx, RegistryQuestionId);
    const sha256 = hashText(toQuestionFile(phones.map(({ digits }) => digits)));
    const numbers = phones.length;
    await db.registryQuestion.create({
      data: {
        organizationId,
        registryId,
        id,
        phoneIds: phones.map(({ id }) => id),
        numbers,
        sha256,
        status: "asked",
        askedBy: requireMemberId(ctx),
        askedAt: now,
      },
    });
    return { id, numbers, sha256 };
  },
  audit: ({ id: questionId, numbers }, { registryId }) => ({
    registryId,
    change: "question-created",
    questionId,
    numbers,
  }),
});

/** Locks a registry that is read from attested answers, connected or not. */
async function lockAttestedRegistry(ctx: TransactionContext, registryId: RegistryId) {
  const { db, organizationId } = ctx;
  const { disconnectedAt } = await lockRegistry(ctx, registryId);
  const { code, format, source } = await db.registry.findFirstOrThrow({
    where: { organizationId, id: registryId },
    select: { code: true, format: true, source: true },
  });
  if (RegistrySource.parse(source).kind !== "attested")
    throw new ServiceError("conflict", { key: "registry.answer.not-attested" });
  /** The country of its numbers. */
  const region = findListedRegion(RegistryFormat.parse(format));
  return { code, disconnectedAt, region };
}

const NumberRow = z.object({
  id: PhoneId,
  digits: z.coerce.number(),
  addresses: z.array(z.string()).nullable(),
});

const PAGE = 10_000;
const FIRST = "00000000-0000-0000-0000-000000000000";

async function loadNumbersToAsk(
  ctx: TransactionContext,
  registryId: RegistryId,
  { code, region }: { code: string; region: string },
) {
  const { renewalDays } = await loadAnswerAges(ctx, registryId);
  const { book } = await loadLaw(ctx);
  const required = listRequiredRegistries(book, ctx.now.toISOString().slice(0, 10));
  const places = required.find((registry) => registry.code === code)?.places ?? null;
  const prefix = `+${findCallingCode(region) ?? ""}%`;
  const found: z.infer<typeof NumberRow>[] = [];
  for (let after = FIRST; found.length < MAX_QUESTION_NUMBERS;) {
    const rows = await loadWaitingNumbers(ctx, { registryId, renewalDays, prefix, after });
    found.push(...rows.filter((row) => places === null || isInAny(book, row, places)));
    const last = rows.at(-1);
    if (rows.length < PAGE || last === undefined) break;
    after = last.id;
  }
  return found.slice(0, MAX_QUESTION_NUMBERS).toSorted((a, b) => a.digits - b.digits);
}

function isInAny(
  book: RuleBook,
  { digits, addresses }: z.infer<typeof NumberRow>,
  places: readonly string[],
): boolean {
  const homes = (addresses ?? []).map((region) => ({ zone: null, region }));
  return findWhereabouts(book, lookUpPlan(digits), homes)
    .jurisdictions.flatMap((id) => listLineage(book, id))
    .some((place) => places.includes(place));
}

type Waiting = { registryId: RegistryId; renewalDays: number; prefix: string; after: string };

const loadWaitingNumbers = (
  { db, organizationId, now }: TransactionContext,
  { registryId, renewalDays, prefix, after }: Waiting,
) =>
  selectRows(
    { db },
    NumberRow,
    sql`
    SELECT phone.id, substring(e164 FROM 2) AS digits, array_agg(address_region)
      FILTER (WHERE address_region IS NOT NULL) AS addresses
    FROM phone
    JOIN contact_phone ON contact_phone.organization_id = phone.organization_id
      AND contact_phone.phone_id = phone.id
    JOIN contact ON contact.organization_id = contact_phone.organization_id
      AND contact.id = contact_id
    LEFT JOIN registry_answer AS answer ON answer.organization_id = phone.organization_id
      AND answer.registry_id = ${registryId}::uuid AND answer.phone_id = phone.id
    WHERE phone.organization_id = ${organizationId}::uuid AND e164 LIKE ${prefix}
      AND phone.id > ${after}::uuid
      AND (answered_at < ${now}::timestamptz - ${renewalDays} * interval '1 day') IS NOT FALSE
    GROUP BY phone.id, e164
    ORDER BY phone.id LIMIT ${PAGE}`,
  );

const QuestionKey = z.strictObject({ registryId: RegistryId, questionId: RegistryQuestionId });

/**
 * Exports the file of a question, for the operator. Throws `conflict` once one of its numbers has been erased, because
 * the file would have another hash.
 */
export const exportRegistryQuestion = command({
  name: "exportRegistryQuestion",
  action: "registry.change",
  input: QuestionKey,
  run: async (ctx, key): Promise<string> => {
    const { phoneIds, numbers } = await loadQuestion(ctx, key);
    const phones = await loadDigits(ctx, phoneIds);
    if (phones.length < numbers)
      throw new ServiceError("conflict", { key: "registry.answer.erased" });
    return toQuestionFile(phones.map(({ digits }) => digits));
  },
  audit: (_, { registryId, questionId }) => ({ registryId, questionId, exported: true }),
});

async function loadQuestion(
  { db, organizationId }: TransactionContext,
  { registryId, questionId }: z.infer<typeof QuestionKey>,
) {
  const question = await db.registryQuestion.findFirst({
    where: { organizationId, registryId, id: questionId },
  });
  if (question === null) throw registryNotFound();
  return question;
}

async function loadDigits(
  { db, organizationId }: TransactionContext,
  phoneIds: readonly string[],
): Promise<{ id: PhoneId; digits: number }[]> {
  const rows = await selectRows(
    { db },
    z.object({ id: PhoneId, digits: z.coerce.number() }),
    sql`
    SELECT id, substring(e164 FROM 2) AS digits FROM phone
    WHERE organization_id = ${organizationId}::uuid AND id = ANY (${[...phoneIds]}::uuid[])
      AND e164 IS NOT NULL`,
  );
  return rows.toSorted((a, b) => a.digits - b.digits);
}

/**
 * Attests the operator's answer to a question. It changes no verdict until a second officer accepts it. The numbers
 * that the operator looked up have to be those of the question, by their count and their hash.
 */
export const attestRegistryAnswer = command({
  name: "attestRegistryAnswer",
  action: "registry.change",
  input: AttestAnswer,
  run: async (ctx, { registryId, questionId, operator, ...answer }): Promise<void> => {
    const { db, organizationId, now } = ctx;
    const { disconnectedAt, region } = await lockAttestedRegistry(ctx, registryId);
    assertConnected({ disconnectedAt });
    const question = await loadQuestion(ctx, { registryId, questionId });
    if (question.status !== "asked") throw settled();
    const phones = await loadDigits(ctx, question.phoneIds);
    const digits = phones.map((phone) => phone.digits);
    const { sha256, numbers } = question;
    const asked = { digits, numbers, sha256, askedOn: toDay(question.askedAt, -12) };
    const read = readAttestedAnswer(asked, answer, { latestDay: toDay(now, 14), region });
    if ("fault" in read) throw new ServiceError("invalid", read.fault);
    const listed = new Set(read.listed);
    await db.registryQuestion.updateMany({
      where: { organizationId, registryId, id: questionId, status: "asked" },
      data: {
        status: "attested",
        day: new Date(answer.day),
        operator,
        listedPhoneIds: phones.flatMap(({ id, digits }) => (listed.has(digits) ? id : [])),
        attestedBy: requireMemberId(ctx),
        attestedAt: now,
      },
    });
  },
  audit: (_, { registryId, questionId, day, listed }) => ({
    registryId,
    change: "answer-attested",
    questionId,
    day,
    listed,
  }),
});

const settled = () => new ServiceError("conflict", { key: "registry.answer.settled" });

/**
 * Decides on an attested answer. If an officer who is independent of the one who attested it accepts, it counts from
 * now on and is as old as its day. Any officer may reject it, and then it never counts.
 */
export const reviewRegistryAnswer = command({
  name: "reviewRegistryAnswer",
  action: "registry.change",
  input: ReviewAnswer,
  transaction: { timeoutMs: 60_000 },
  run: async (ctx, { registryId, questionId, verdict, reason }) => {
    const { db, organizationId, now: settledAt } = ctx;
    const registry = await lockAttestedRegistry(ctx, registryId);
    if (verdict === "accepted") assertConnected(registry);
    const { status, attestedBy, day, ...question } = await loadQuestion(ctx, {
      registryId,
      questionId,
    });
    if (status !== "attested" || attestedBy === null || day === null) throw settled();
    if (verdict === "accepted") await assertIndependentReviewer(ctx, [{ id: attestedBy }]);
    await db.registryQuestion.updateMany({
      where: { organizationId, registryId, id: questionId },
      data: { status: verdict, settledBy: requireMemberId(ctx), settledAt, settledWhy: reason },
    });
    if (verdict === "rejected") return { runId: null };

    const { phoneIds, listedPhoneIds } = question;
    const askedAt = findEarliestDayStart(day.toISOString().slice(0, 10));
    const { id: askId } = await db.registryAsk.create({
      data: { organizationId, registryId, phoneIds, status: "answered", askedAt },
    });
    const listed = new Set(listedPhoneIds);
    await saveAnswers(ctx, {
      registryId,
      askId: RegistryAskId.parse(askId),
      answers: phoneIds.map((id) => ({
        phoneId: PhoneId.parse(id),
        said: listed.has(id) ? "listed" : "free",
      })),
    });
    const { runId } = await startRun(ctx, "registry.sync", registryId);
    return { runId };
  },
  audit: (_, { registryId, questionId, verdict }) => ({
    registryId,
    change: `answer-${verdict}`,
    questionId,
  }),
});

export type RegistryQuestionView = {
  id: RegistryQuestionId;
  status: "asked" | "attested" | "accepted" | "rejected";
  numbers: number;
  sha256: string;
  askedAt: Date;
  askedBy: string | null;
  /** The answer; null before it is attested. */
  answer: {
    day: string;
    listed: number;
    operator: string;
    by: string | null;
    at: Date;
    /** The review. Null until an officer has accepted or rejected the answer. */
    settledBy: string | null;
    settledAt: Date | null;
    why: string | null;
  } | null;
  /** Reason why the reader may not accept the answer; null if they may, or if there is none yet. */
  acceptFault: Message | null;
};

const SHOWN = 20;

/** Lists the last `SHOWN` questions to the operator of a list, latest first. */
export const listRegistryQuestions = query({
  name: "listRegistryQuestions",
  action: "registry.read",
  input: z.strictObject({ registryId: RegistryId }),
  run: async (ctx, { registryId }): Promise<RegistryQuestionView[]> => {
    const { db, organizationId } = ctx;
    const rows = await db.registryQuestion.findMany({
      where: { organizationId, registryId },
      omit: { phoneIds: true },
      orderBy: { id: "desc" },
      take: SHOWN,
    });
    const members = rows.flatMap(({ askedBy, attestedBy, settledBy }) =>
      [askedBy, attestedBy, settledBy].flatMap((id) => id ?? []),
    );
    const names = await loadMemberNames(ctx, members);
    const reviewFacts = await loadReviewFacts(ctx);
    const findName = (id: string | null) => (id === null ? null : (names.get(id) ?? null));
    return rows.map((row) => ({
      id: RegistryQuestionId.parse(row.id),
      status: Status.parse(row.status),
      numbers: row.numbers,
      sha256: row.sha256,
      askedAt: row.askedAt,
      askedBy: findName(row.askedBy),
      answer:
        row.day === null || row.attestedAt === null
          ? null
          : {
              day: row.day.toISOString().slice(0, 10),
              listed: row.listedPhoneIds.length,
              operator: row.operator ?? "",
              by: findName(row.attestedBy),
              at: row.attestedAt,
              settledBy: findName(row.settledBy),
              settledAt: row.settledAt,
              why: row.settledWhy,
            },
      acceptFault:
        row.attestedBy === null
          ? null
          : findReviewFault(ctx, reviewFacts, [{ id: row.attestedBy }]),
    }));
  },
  audit: "none",
});

const Status = z.enum(["asked", "attested", "accepted", "rejected"]);
