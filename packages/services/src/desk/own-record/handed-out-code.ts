import { HandOutCode, OpenByHandedCode, PersonCodeMeans } from "@ringfence/core/desk/own-record";
import { PersonCodeId, type PhoneId } from "@ringfence/core/ids";
import { readPhone } from "@ringfence/core/people/phone";
import type { Message } from "@ringfence/core/platform/message";
import { DAY_MS } from "@ringfence/core/platform/time";
import { loadOrganization } from "../../account/organization/internal.ts";
import { findPhone, lockPhones } from "../../people/phone/internal.ts";
import {
  type NamedActor,
  ServiceError,
  type TransactionContext,
  appendAudit,
  command,
  createCode,
  createId,
  holdLock,
  isCode,
  loadActorNames,
  writeLink,
} from "../../platform/internal.ts";
import {
  MAX_ATTEMPTS,
  actionByMeans,
  bindPersonCode,
  codeExpiresAt,
  isExpired,
  isStillAllowed,
} from "./person-code.ts";

/**
 * The most codes, read aloud or printed, that are made for a phone in 24 hours, and that a member makes in that time.
 */
const MAX_OF_PHONE = 3;
const MAX_OF_MEMBER = 20;

/** A code that a member gives to a person. It is shown once and not stored. */
export type HandedOutCode = { id: PersonCodeId; code: string; validUntil: Date };

/**
 * Makes a code that the member reads aloud to the person of a phone. It opens their record once, within 15 minutes, and
 * shows no more than the member may see anyway (decision 80).
 */
export const handOutCode = command({
  name: "handOutCode",
  action: actionByMeans.spoken,
  input: HandOutCode,
  forAllSellers: true,
  run: (ctx, { phoneId }) => makeCode(ctx, phoneId, "spoken"),
  audit: ({ id }, { phoneId }) => ({ phoneId, codeId: id, means: "spoken" }),
});

/** Makes a code for a letter to the person of a phone. It opens their record once, within 30 days. */
export const printCode = command({
  name: "printCode",
  action: actionByMeans.letter,
  input: HandOutCode,
  stepUp: true,
  forAllSellers: true,
  run: (ctx, { phoneId }) => makeCode(ctx, phoneId, "letter"),
  audit: ({ id }, { phoneId }) => ({ phoneId, codeId: id, means: "letter" }),
});

async function makeCode(
  ctx: TransactionContext,
  phoneId: PhoneId,
  means: "spoken" | "letter",
): Promise<HandedOutCode> {
  const { db, keys, organizationId, now, actor } = ctx;
  if (actor.type !== "member") throw new Error("only a member hands out codes");
  const phone = await db.phone.findFirst({ where: { organizationId, id: phoneId } });
  if (phone === null || phone.e164 === null) {
    throw new ServiceError("not-found", { key: "error.phone-not-found" });
  }
  await holdLock(ctx, "handed-out-codes");
  await lockPhones(ctx, [phoneId]);
  const recent = {
    organizationId,
    means: { not: "sms" },
    createdAt: { gt: new Date(now.getTime() - DAY_MS) },
  };
  const ofPhone = await db.personCode.count({ where: { ...recent, phoneId } });
  const ofMember = await db.personCode.count({ where: { ...recent, handedOutBy: actor.id } });
  if (ofPhone >= MAX_OF_PHONE) throw new ServiceError("conflict", { key: "person-code.too-many" });
  if (ofMember >= MAX_OF_MEMBER) {
    throw new ServiceError("conflict", { key: "person-code.too-many-of-member" });
  }
  // A new code ends the earlier ones of its means, so that nobody has several to guess: no attempts are left.
  await db.personCode.updateMany({
    where: { organizationId, phoneId, means, openedAt: null },
    data: { attempts: MAX_ATTEMPTS },
  });
  const id = await createId(ctx, PersonCodeId);
  const row = { organizationId, id, phoneId, means, handedOutBy: actor.id };
  // It counts as sent, because no text message carries it.
  await db.personCode.create({ data: { ...row, locale: "en", createdAt: now, sentAt: now } });
  return {
    id,
    code: createCode(keys, "person code", bindPersonCode(row)),
    validUntil: codeExpiresAt({ createdAt: now, means }),
  };
}

/** A link that opens the record; null for a number and code that open none; or why the number could not be read. */
export type OpenedByCode =
  | { link: string | null; fault?: never }
  | { fault: Message; link?: never };

/**
 * Opens the record of a phone by a code that was read aloud or printed. The answer is the same for an unknown number, a
 * phone without such a code and a wrong code. A wrong one counts as an attempt for each code of the phone that could
 * have been meant, and after `MAX_ATTEMPTS` a code opens nothing.
 */
export const openByHandedCode = command({
  name: "openByHandedCode",
  action: "own-record.ask",
  input: OpenByHandedCode,
  run: async (ctx, { phone, code }): Promise<OpenedByCode> => {
    const { homeRegion } = await loadOrganization(ctx);
    const read = readPhone(phone, homeRegion);
    if ("fault" in read) return { fault: read.fault };
    const stored = await findPhone(ctx, read.phone);
    if (stored === null || stored.isErased) return { link: null };
    return { link: await openRecord(ctx, stored.id, code) };
  },
  // One row, once the code is right.
  audit: "by run",
});

async function openRecord(
  ctx: TransactionContext,
  phoneId: PhoneId,
  typed: string,
): Promise<string | null> {
  const { db, keys, organizationId, now } = ctx;
  // Concurrent guesses are counted one after the other.
  await lockPhones(ctx, [phoneId]);
  const rows = await db.personCode.findMany({
    where: {
      organizationId,
      phoneId,
      means: { not: "sms" },
      openedAt: null,
      attempts: { lt: MAX_ATTEMPTS },
    },
    // A new code ends the previous one of its kind, so a guess is compared with one of each, however many rows there are.
    orderBy: { createdAt: "desc" },
    distinct: ["means"],
  });
  const live = rows.filter((row) => !isExpired(row, now));
  const found = live.find((row) => isCode(keys, "person code", bindPersonCode(row), typed));
  // The answer is the same for a wrong code and for one whose issuer has lost access.
  if (found === undefined || !(await isStillAllowed(ctx, found))) {
    const ids = live.map(({ id }) => id);
    const where = { organizationId, id: { in: ids } };
    await db.personCode.updateMany({ where, data: { attempts: { increment: 1 } } });
    return null;
  }
  const { id, means, handedOutBy: memberId } = found;
  await db.personCode.updateMany({ where: { organizationId, id }, data: { openedAt: now } });
  await appendAudit(ctx, "own-record.ask", { phoneId, codeId: id, means, memberId });
  return writeLink(keys, "own record link", bindPersonCode(found));
}

/** A code that a member handed out, as colleagues see it. */
export type HandedOutView = {
  id: PersonCodeId;
  means: PersonCodeMeans;
  at: Date;
  by: NamedActor | null;
  /** When the record was opened by it; null if it was not. */
  openedAt: Date | null;
};

const toActor = (id: string | null) => (id === null ? null : { type: "member", id });

const MAX_SHOWN = 10;

/** Lists the latest codes that members handed out for some phones. */
export async function listHandedOutCodes(
  ctx: TransactionContext,
  phoneIds: readonly string[],
): Promise<HandedOutView[]> {
  const { db, organizationId } = ctx;
  const rows = await db.personCode.findMany({
    where: { organizationId, phoneId: { in: [...phoneIds] }, means: { not: "sms" } },
    orderBy: { createdAt: "desc" },
    take: MAX_SHOWN,
  });
  const nameActor = await loadActorNames(
    ctx,
    rows.map(({ handedOutBy }) => toActor(handedOutBy)),
  );
  return rows.map(({ id, means, createdAt, handedOutBy, openedAt }) => ({
    id: PersonCodeId.parse(id),
    means: PersonCodeMeans.parse(means),
    at: createdAt,
    by: nameActor(toActor(handedOutBy)),
    openedAt,
  }));
}
