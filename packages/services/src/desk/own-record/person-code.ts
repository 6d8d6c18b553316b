import {
  type BoundRow,
  type Installation,
  type PersonContext,
  type MessageSender,
  type RootContext,
  type TransactionContext,
  addJob,
  appendAudit,
  command,
  createCode,
  createId,
  createPersonContext,
  defineJob,
  enqueue,
  hasNoLiveJob,
  inTransaction,
  isCode,
  isLink,
  queueJobs,
  readUnverifiedLink,
  writeLink,
} from "../../platform/internal.ts";
import {
  ConfirmPersonCode,
  PersonCodeMeans,
  RequestPersonCode,
} from "@ringfence/core/desk/own-record";
import { type Action, rolesThatMay } from "@ringfence/core/platform/access";
import { OrganizationId, PersonCodeId, PhoneId } from "@ringfence/core/ids";
import { type Message, preferredLocale, say } from "@ringfence/core/platform/message";
import { readPhone } from "@ringfence/core/people/phone";
import { DAY_MS } from "@ringfence/core/platform/time";
import { loadOrganization } from "../../account/organization/internal.ts";
import { hasAccess } from "../../account/member/internal.ts";
import { type StoredPhone, findPhone, lockPhones } from "../../people/phone/internal.ts";
import type { Db } from "@ringfence/db";
import { sql } from "kysely";

/** Sends a code to a person's phone. */
export const sendPersonCodeJob = defineJob("person-code.send", { personCodeId: PersonCodeId });

/** The most codes that are sent to a phone in 24 hours, so that nobody can flood it. */
const MAX_CODES_A_DAY = 3;

/** The id by which the code is entered, for any number that can be read; or why the number cannot be read. */
export type RequestedPersonCode =
  | { id: PersonCodeId; fault?: never }
  | { fault: Message; id?: never };

/**
 * Queues a code for a phone, so that its owner can see their record. The answer is an id in any case: for a phone that
 * is unknown, erased, or had its codes of the day, nothing is sent and the id opens nothing, so that nobody learns
 * anything by typing a number.
 */
export const requestPersonCode = command({
  name: "requestPersonCode",
  action: "own-record.ask",
  input: RequestPersonCode,
  run: async (ctx, { phone, locale }): Promise<RequestedPersonCode> => {
    const { homeRegion } = await loadOrganization(ctx);
    const read = readPhone(phone, homeRegion);
    if ("fault" in read) return { fault: read.fault };
    const id = await createId(ctx, PersonCodeId);
    const stored = await findPhone(ctx, read.phone);
    if (stored && !stored.isErased && !(await hasReachedDailyLimit(ctx, stored))) {
      await queueCode(ctx, { id, phoneId: stored.id, locale });
    }
    return { id };
  },
  // Nobody has shown yet whose number it is. The code that opens the record is audited.
  audit: "none",
});

type NewCode = Pick<RequestPersonCode, "locale"> & { id: PersonCodeId; phoneId: StoredPhone["id"] };

async function queueCode(ctx: TransactionContext, code: NewCode) {
  const { db, organizationId, now } = ctx;
  await db.personCode.create({ data: { organizationId, ...code, createdAt: now } });
  await enqueue(ctx, sendPersonCodeJob, { personCodeId: code.id }, { key: code.id });
}

/** True if the phone has had as many codes in 24 hours as it may. Locks the phone, and deletes its older codes. */
async function hasReachedDailyLimit(ctx: TransactionContext, { id: phoneId }: StoredPhone) {
  await lockPhones(ctx, [phoneId]);
  const { db, organizationId, now } = ctx;
  const since = new Date(now.getTime() - DAY_MS);
  await db.personCode.deleteMany({
    where: { organizationId, phoneId, means: "sms", createdAt: { lte: since } },
  });
  const ofDay = { organizationId, phoneId, means: "sms" };
  return (await db.personCode.count({ where: ofDay })) >= MAX_CODES_A_DAY;
}

/** The most wrong guesses of a code. After as many, it opens nothing. */
export const MAX_ATTEMPTS = 5;

/**
 * Checks the code that a person got by text message. Returns a link that opens their record for half an hour from now.
 * Null for a wrong code, which counts as an attempt, after `MAX_ATTEMPTS` of those, and for one that is used, expired
 * or unknown, or reached them in another way.
 */
export const confirmPersonCode = command({
  name: "confirmPersonCode",
  action: "own-record.ask",
  input: ConfirmPersonCode,
  run: async (ctx, { id, code }): Promise<string | null> => {
    const { db, keys, organizationId, now } = ctx;
    const row = await lockCode(ctx, id);
    if (row === null || row.means !== "sms" || row.openedAt !== null) return null;
    if (isExpired(row, now)) return null;
    if (row.attempts >= MAX_ATTEMPTS) return null;
    const where = { organizationId, id };
    if (!isCode(keys, "person code", bindPersonCode(row), code)) {
      await db.personCode.updateMany({ where, data: { attempts: { increment: 1 } } });
      return null;
    }
    await db.personCode.updateMany({ where, data: { openedAt: now } });
    await appendAudit(ctx, "own-record.ask", { phoneId: PhoneId.parse(row.phoneId), codeId: id });
    return writeLink(keys, "own record link", bindPersonCode(row));
  },
  audit: "by run",
});

/**
 * Returns the row and the values that a code and its link are bound to. Both stop working if somebody changes the row's
 * phone, how the code reached the person, or who issued it.
 */
export const bindPersonCode = ({ organizationId, id, ...row }: StoredCode): BoundRow => ({
  organizationId: OrganizationId.parse(organizationId),
  id,
  bound: [row.phoneId, row.means, row.handedOutBy ?? "nobody"],
});

type StoredCode = {
  organizationId: string;
  id: string;
  phoneId: string;
  means: string;
  handedOutBy: string | null;
};

/** Locks the code, so that concurrent guesses are counted one after the other. Null if there is none. */
async function lockCode({ db, organizationId }: TransactionContext, id: PersonCodeId) {
  await db.$executeRaw`
    SELECT FROM person_code
    WHERE organization_id = ${organizationId}::uuid AND id = ${id}::uuid FOR UPDATE`;
  return db.personCode.findFirst({ where: { organizationId, id } });
}

/** The context of a person who has confirmed their phone, and when it ends. */
export type OwnRecordOpened = { ctx: PersonContext; until: Date };

/**
 * Opens a record by the link that a correct code returned. Null if it is expired or not ours, or if whoever issued
 * the code may no longer do so.
 */
export const openOwnRecord = async (
  installation: Installation,
  link: string,
): Promise<OwnRecordOpened | null> => {
  const parts = readUnverifiedLink(link);
  if (parts === null) return null;
  const { organizationId, id } = parts;
  const actor = { type: "visitor", page: "my" } as const;
  return inTransaction({ ...installation, organizationId, actor }, async (ctx) => {
    const row = await ctx.db.personCode.findFirst({ where: { organizationId, id } });
    if (row === null || row.openedAt === null) return null;
    if (!isLink(ctx.keys, "own record link", bindPersonCode(row), link)) return null;
    const until = recordOpenUntil(row.openedAt);
    if (until <= ctx.now || !(await isStillAllowed(ctx, row))) return null;
    const code = PersonCodeMeans.parse(row.means);
    return { ctx: createPersonContext(installation, organizationId, row.phoneId, { code }), until };
  });
};

/** Actions of creating a code, by how it reaches the person. */
export const actionByMeans = {
  spoken: "person-code.hand-out",
  letter: "person-code.print",
} as const satisfies Record<Exclude<PersonCodeMeans, "sms">, Action>;

/** True if the code was sent to the phone, or if the member who issued it could still do so now. */
export async function isStillAllowed(
  { db, organizationId }: TransactionContext,
  { means: storedMeans, handedOutBy }: Pick<StoredCode, "means" | "handedOutBy">,
): Promise<boolean> {
  const means = PersonCodeMeans.parse(storedMeans);
  if (means === "sms") return true;
  if (handedOutBy === null) return false;
  const giver = await db.member.findFirst({
    where: {
      organizationId,
      id: handedOutBy,
      role: { in: rolesThatMay(actionByMeans[means]) },
      // A member who is limited to some sellers cannot issue codes.
      sellerIds: { isEmpty: true },
      ...hasAccess,
    },
  });
  return giver !== null;
}

/** Context of a verb that sends text messages. */
type SmsContext = RootContext & { messageSender: Pick<MessageSender, "sms"> };

/**
 * Sends a code by text message. Run again, it sends nothing, unless the worker died after sending and before recording.
 * An expired code is not sent.
 */
export const sendPersonCode = command({
  name: "sendPersonCode",
  action: "person-code.send",
  input: PersonCodeId,
  transaction: "by run",
  run: async (ctx: SmsContext, id: PersonCodeId): Promise<void> => {
    const ready = await inTransaction(ctx, (ctx) => prepareSms(ctx, id));
    if (ready === null) return;
    await ctx.messageSender.sms(ready);
    const { organizationId } = ctx;
    await inTransaction(ctx, async ({ db, now }) => {
      await db.personCode.updateMany({ where: { organizationId, id }, data: { sentAt: now } });
    });
  },
  audit: "none",
});

async function prepareSms({ db, keys, organizationId, now }: TransactionContext, id: PersonCodeId) {
  const row = await db.personCode.findFirst({
    where: { organizationId, id, means: "sms", sentAt: null },
    include: { phone: true, organization: true },
  });
  if (row === null || row.phone.e164 === null || isExpired(row, now)) return null;
  const code = createCode(keys, "person code", bindPersonCode(row));
  const values = { organization: row.organization.name, code };
  const text = say(preferredLocale(row.locale), { key: "person-code.sms", values });
  return { to: row.phone.e164, text };
}

/**
 * Queues codes again that should be on their way but have no live job. Expired codes are skipped. Crosses
 * organizations, as the queue does. Returns how many.
 */
export function revivePersonCodes({ prisma }: Pick<Db, "prisma">): Promise<number> {
  const send = addJob(
    sendPersonCodeJob,
    { organizationId: sql`organization_id`, personCodeId: sql`id` },
    { key: sql`id` },
  );
  return queueJobs(
    prisma,
    sql`SELECT ${send} FROM person_code
    WHERE means = 'sms' AND sent_at IS NULL AND created_at < clock_timestamp() - interval '30 seconds'
      AND created_at > clock_timestamp() - interval '10 minutes'
      AND ${hasNoLiveJob(sql`person_code.id::text`, 30)}`,
  );
}

const MINUTE_MS = 60_000;
/** Time within which a code must be typed. */
const typedWithinMs = {
  sms: 10 * MINUTE_MS,
  spoken: 15 * MINUTE_MS,
  letter: 30 * DAY_MS,
} as const satisfies Record<PersonCodeMeans, number>;
const OPEN_FOR_MS = 30 * MINUTE_MS;

type CodeTimes = { createdAt: Date; means: string };

/** Returns when a code can no longer be entered. */
export const codeExpiresAt = ({ createdAt, means }: CodeTimes) =>
  new Date(createdAt.getTime() + typedWithinMs[PersonCodeMeans.parse(means)]);

/** True if a code can no longer be entered. */
export const isExpired = (code: CodeTimes, now: Date) => codeExpiresAt(code) < now;

/** Returns when the access that a code opened ends. */
const recordOpenUntil = (openedAt: Date) => new Date(openedAt.getTime() + OPEN_FOR_MS);
