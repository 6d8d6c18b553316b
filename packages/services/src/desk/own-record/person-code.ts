import { command } from "../../platform/verb.ts";
import { z } from "zod";
import { type PersonCodeId, PhoneId } from "@ringfence/core/ids";
import { type Locale, type Message, preferredLocale, say } from "@ringfence/core/platform/message";
import { readPhone } from "@ringfence/core/people/phone";
import { DAY_MS } from "@ringfence/core/platform/time";
import {
  type Installation,
  type RootContext,
  type TransactionContext,
  inTransaction,
} from "../../platform/context.ts";
import { freshIds } from "../../platform/fresh-ids.ts";
import { organizationOf } from "../../account/organization/organization-of.ts";
import { lockPhones } from "../../people/phone/lock-phones.ts";
import { type StoredPhone, findPhone } from "../../people/phone/find-phone.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { codeOf, isCode } from "../../platform/keys/code.ts";
import { readLink, writeLink } from "../../platform/keys/link.ts";
import { type PersonContext, onBehalfOf } from "../../platform/access/on-behalf-of.ts";
import { allow } from "../../platform/access/allow.ts";
import type { Post } from "../../platform/message-sender.ts";
import type { Db } from "@ringfence/db";

/** Nobody's phone is made to ring all day: more codes in a day are not sent. */
const MAX_CODES_A_DAY = 3;

export type RequestPersonCode = { phone: string; locale: Locale };

export type RequestedPersonCode =
  | { id: PersonCodeId; fault?: never }
  | { fault: Message; id?: never };

/**
 * Sends a code to a phone, for its person to see what is kept of it. Answers the same whether or not
 * there is anything: who types a number learns nothing of it.
 */
export const requestPersonCode = command({
  name: "requestPersonCode",
  action: "own-record.ask",
  input: z.custom<RequestPersonCode>(),
  run: async (ctx, { phone, locale }): Promise<RequestedPersonCode> => {
    const { homeRegion } = await organizationOf(ctx);
    const read = readPhone(phone, homeRegion);
    if ("fault" in read) return { fault: read.fault };
    const [id] = await freshIds<PersonCodeId>(ctx, 1);
    if (id === undefined) throw new Error("a code got no id");
    const known = await findPhone(ctx, read.phone);
    if (known && !known.isErased && !(await hasReachedDailyLimit(ctx, known))) {
      await queueCode(ctx, { id, phoneId: known.id, locale });
    }
    return { id };
  },
  audit: "by run",
});

type NewCode = Pick<RequestPersonCode, "locale"> & { id: PersonCodeId; phoneId: StoredPhone["id"] };

async function queueCode({ db, organizationId, now }: TransactionContext, code: NewCode) {
  await db.personCode.create({ data: { organizationId, ...code, createdAt: now } });
  await db.$executeRaw`
    SELECT graphile_worker.add_job('person-code.send',
      json_build_object('organizationId', ${organizationId}::uuid, 'personCodeId', ${code.id}::uuid),
      job_key := ${code.id}::text)`;
}

/** Codes of other days are forgotten as they are counted. Of two that ask at once the second sees the first. */
async function hasReachedDailyLimit(ctx: TransactionContext, { id: phoneId }: StoredPhone) {
  await lockPhones(ctx, [phoneId]);
  const { db, organizationId, now } = ctx;
  const since = new Date(now.getTime() - DAY_MS);
  await db.personCode.deleteMany({
    where: { organizationId, phoneId, createdAt: { lte: since } },
  });
  return (await db.personCode.count({ where: { organizationId, phoneId } })) >= MAX_CODES_A_DAY;
}

/** Of a million codes, so many may be tried. */
const MAX_ATTEMPTS = 5;

export type ConfirmPersonCode = { id: PersonCodeId; code: string };

/**
 * The person types the code that their phone was sent. Gives what opens their record for half an hour;
 * null for a wrong code, which counts, and for one that is used, over, or was never sent.
 */
export const confirmPersonCode = command({
  name: "confirmPersonCode",
  action: "own-record.ask",
  input: z.custom<ConfirmPersonCode>(),
  run: async (ctx, { id, code }): Promise<string | null> => {
    const { db, keys, organizationId, now } = ctx;
    const row = await lockCode(ctx, id);
    if (row === null || row.openedAt !== null || isExpired(row, now)) return null;
    if (row.attempts >= MAX_ATTEMPTS) return null;
    const where = { organizationId, id };
    if (!isCode(keys, "person code", where, code)) {
      await db.personCode.updateMany({ where, data: { attempts: { increment: 1 } } });
      return null;
    }
    await db.personCode.updateMany({ where, data: { openedAt: now } });
    await appendAudit(ctx, "own-record.ask", { phoneId: PhoneId.parse(row.phoneId), codeId: id });
    return writeLink(keys, "own record link", where);
  },
  audit: "by run",
});

/** Of two guesses at once the second sees the first. */
async function lockCode({ db, organizationId }: TransactionContext, id: PersonCodeId) {
  await db.$executeRaw`
    SELECT FROM person_code
    WHERE organization_id = ${organizationId}::uuid AND id = ${id}::uuid FOR UPDATE`;
  return db.personCode.findFirst({ where: { organizationId, id } });
}

/** On behalf of a person who has typed the code of their phone, and until when. */
export type OwnRecordOpened = { ctx: PersonContext; until: Date };

/** By what a right code gave; null when it is over, or none of ours. */
export const openOwnRecord = async (
  installation: Installation,
  link: string,
): Promise<OwnRecordOpened | null> => {
  const parts = readLink(installation.keys, "own record link", link);
  if (parts === null) return null;
  const { organizationId, id } = parts;
  const actor = { type: "visitor", page: "my" } as const;
  const found = await inTransaction(
    { ...installation, organizationId, actor },
    async ({ db, now }) => ({
      row: await db.personCode.findFirst({ where: { organizationId, id } }),
      now,
    }),
  );
  const { row, now } = found;
  if (row === null || row.openedAt === null || recordOpenUntil(row.openedAt) <= now) return null;
  return {
    ctx: onBehalfOf(installation, organizationId, row.phoneId),
    until: recordOpenUntil(row.openedAt),
  };
};

/** Sends a code, once as far as we know. One that came too late to be typed is not sent. */
export async function sendPersonCode(
  ctx: RootContext,
  id: PersonCodeId,
  post: Pick<Post, "sms">,
): Promise<void> {
  allow(ctx, "person-code.send");

  const ready = await inTransaction(ctx, (ctx) => prepareSms(ctx, id));
  if (ready === null) return;
  await post.sms(ready);
  const { organizationId } = ctx;
  await inTransaction(ctx, async ({ db, now }) => {
    await db.personCode.updateMany({ where: { organizationId, id }, data: { sentAt: now } });
  });
}

async function prepareSms({ db, keys, organizationId, now }: TransactionContext, id: PersonCodeId) {
  const row = await db.personCode.findFirst({
    where: { organizationId, id, sentAt: null },
    include: { phone: true, organization: true },
  });
  if (row === null || row.phone.e164 === null || isExpired(row, now)) return null;
  const code = codeOf(keys, "person code", { organizationId, id });
  const values = { organization: row.organization.name, code };
  const text = say(preferredLocale(row.locale), { key: "person-code.sms", values });
  return { to: row.phone.e164, text };
}

/**
 * Queues anew the codes that should be on their way and have no job that a worker will take: it was lost,
 * or a worker that was killed holds it. One that is over is not sent any more. Crosses organizations, as
 * the queue does. Returns how many.
 */
export const revivePersonCodes = ({ prisma }: Pick<Db, "prisma">): Promise<number> =>
  prisma.$executeRaw`
    SELECT graphile_worker.add_job('person-code.send',
      json_build_object('organizationId', organization_id, 'personCodeId', id),
      job_key := id::text)
    FROM person_code
    WHERE sent_at IS NULL AND created_at < clock_timestamp() - interval '30 seconds'
      AND created_at > clock_timestamp() - interval '10 minutes'
      AND NOT EXISTS (
        SELECT FROM graphile_worker.jobs WHERE key = person_code.id::text
          AND (locked_at IS NULL OR locked_at > clock_timestamp() - interval '30 seconds'))`;

const TYPED_WITHIN_MS = 10 * 60_000;
const OPEN_FOR_MS = 30 * 60_000;

/** Whether a code that was asked for then can no longer be typed. */
const isExpired = ({ createdAt }: { createdAt: Date }, now: Date) =>
  now.getTime() - createdAt.getTime() > TYPED_WITHIN_MS;

/** Until when what it opened is open. */
const recordOpenUntil = (openedAt: Date) => new Date(openedAt.getTime() + OPEN_FOR_MS);
