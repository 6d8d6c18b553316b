import {
  type ComplaintSource,
  FileComplaint,
  MakeComplaint,
  ReceiveComplaint,
  type SaidCall,
  type SaidTime,
  channelOfSource,
  endOfDay,
  findAnswerDeadline,
  findCallSearch,
} from "@ringfence/core/desk/complaint";
import { CallId, ComplaintId, type OptOutId, PhoneId, type SellerId } from "@ringfence/core/ids";
import { findSeller } from "@ringfence/core/account/seller";
import { readPhone } from "@ringfence/core/people/phone";
import type { Message } from "@ringfence/core/platform/message";
import { mendText } from "@ringfence/core/platform/text";
import { DAY_MS, instantIn } from "@ringfence/core/platform/time";
import {
  ServiceError,
  type TransactionContext,
  allowSeller,
  appendAudit,
  command,
  createId,
  holdLock,
  requirePersonPhone,
  toStoredActor,
} from "../../platform/internal.ts";
import { loadOrganization } from "../../account/organization/internal.ts";
import { loadSellers } from "../../account/seller/internal.ts";
import { recordForPhone, recordForWrittenNumber } from "../../do-not-call/opt-out/internal.ts";
import { answerQuestion } from "../../do-not-call/inbound/internal.ts";
import { findOrAddPhone, lockPhones } from "../../people/phone/internal.ts";
import { recordEvent } from "./complaint-event.ts";
import { locatePerson } from "./locate-person.ts";
import { linkChosenCall, linkFoundCalls } from "./linked-calls.ts";

type OptOutOfComplaint = { id: OptOutId; reference: string };

/** A recorded complaint, and the opt-out that was recorded with it. */
export type FiledComplaint = {
  id: ComplaintId;
  phoneId: PhoneId;
  receivedAt: Date;
  dueAt: Date;
  optOut: OptOutOfComplaint | null;
  fault?: never;
};

/**
 * The complaint was not recorded, but the opt-out in it was, because too many complaints about the number wait already, a
 * field is wrong, or the number cannot be read. With such a number, `optOut` and `phoneId` are null, and the opt-out takes
 * effect once an officer has found out whose it is. `path` is the field at fault; null if it is none.
 */
export type OnlyOptOut = {
  fault: Message;
  path: string | null;
  optOut: OptOutOfComplaint | null;
  phoneId: PhoneId | null;
  id?: never;
};

/**
 * Records a complaint that a member takes down: agents what a person says on the phone, officers also letters, mails
 * and what an authority sends. If it came as a message on the list of possible opt-outs, the message is taken off it.
 */
export const fileComplaint = command({
  name: "fileComplaint",
  action: {
    among: ["complaint.file", "complaint.handle"],
    choose: ({ source }) => (source === "agent" ? "complaint.file" : "complaint.handle"),
  },
  input: FileComplaint,
  run: async (ctx, { phone, source, seller, question, refusesCalls, ...said }) => {
    const phoneId = await readComplaintPhone(ctx, phone);
    const sellerId = await resolveNamedSeller(ctx, seller);
    // The answer records the opt-out since the message came, for all phones of the mailbox.
    if (question !== undefined) {
      await answerQuestion(ctx, { questionId: question, isRefusal: refusesCalls });
    }
    return openComplaint(ctx, { ...said, phoneId, source, sellerId, refusesCalls });
  },
  audit: ({ id, phoneId }, { source }) => ({
    ...(phoneId !== null && { phoneId }),
    ...(id === undefined ? { optOutOnly: true } : { complaintId: id }),
    source,
  }),
});

/**
 * Records the acting person's own complaint, for an officer to answer. Throws `not-found` if the call that they chose
 * was not to this phone.
 */
export const makeComplaint = command({
  name: "makeComplaint",
  action: "complaint.make",
  input: MakeComplaint,
  run: async (ctx, { callId, text, refusesCalls }) => {
    const { db, organizationId } = ctx;
    const phoneId = requirePersonPhone(ctx);
    const call =
      callId === undefined
        ? null
        : await db.call.findFirst({ where: { organizationId, id: callId, phoneId } });
    if (callId !== undefined && call === null) {
      throw new ServiceError("not-found", { key: "complaint.call-not-found" });
    }
    const filed = await openComplaint(ctx, {
      phoneId,
      source: "page",
      text,
      refusesCalls,
      ...(call !== null && { called: { at: call.at }, chosenCallId: CallId.parse(call.id) }),
    });
    await appendAudit(ctx, "complaint.make", {
      phoneId,
      ...(filed.id === undefined ? { optOutOnly: true } : { complaintId: filed.id }),
    });
    return filed;
  },
  // The phone is the actor's, not part of the input.
  audit: "by run",
});

/**
 * Records a complaint from another system. If its external id is on record, nothing but the opt-out in it is recorded,
 * and the complaint on record is returned, so it can be sent again; the id of a complaint about another number is
 * refused. External ids are those of the whole organization: two systems must not use the same one. No fault loses the
 * opt-out in it, because such a system may not send it again: with a wrong seller, time or id it is recorded alone, and
 * that of a number that cannot be read is saved for an officer. Without an opt-out, a fault is an error.
 */
export const receiveComplaint = command({
  name: "receiveComplaint",
  action: "complaint.file",
  input: ReceiveComplaint,
  run: async (ctx, { phone, seller, ...said }): Promise<FiledComplaint | OnlyOptOut> => {
    const { homeRegion } = await loadOrganization(ctx);
    if (said.refusesCalls && "fault" in readPhone(phone, homeRegion)) {
      const { fault } = await recordForWrittenNumber(ctx, { phone, channel: "api" });
      if (fault) return { fault, path: "/phone", optOut: null, phoneId: null };
    }
    const phoneId = await readComplaintPhone(ctx, phone);
    const complaint = { ...said, phoneId, source: "api" } as const;
    try {
      const sellerId = await resolveNamedSeller(ctx, seller);
      return await openComplaint(ctx, { ...complaint, sellerId });
    } catch (error) {
      if (!said.refusesCalls || !isFieldFault(error)) throw error;
      const optOut = await recordOptOutOfComplaint(ctx, complaint);
      return { fault: error.explanation, path: error.path, optOut, phoneId };
    }
  },
  audit: ({ id, phoneId }) => ({
    ...(phoneId !== null && { phoneId }),
    ...(id === undefined ? { optOutOnly: true } : { complaintId: id }),
  }),
});

/** True for an error about the value of one field. All such errors are thrown before anything of the case is written. */
const isFieldFault = (error: unknown): error is ServiceError =>
  error instanceof ServiceError && error.code === "invalid-field";

async function readComplaintPhone(ctx: TransactionContext, written: string): Promise<PhoneId> {
  const { homeRegion } = await loadOrganization(ctx);
  const read = readPhone(written, homeRegion);
  if ("fault" in read) throw new ServiceError("invalid", read.fault, "/phone");
  return findOrAddPhone(ctx, read.phone);
}

/**
 * Finds the seller that the person names; null if they name none. Throws if there is no such seller, or the actor does
 * not work for it.
 */
async function resolveNamedSeller(
  ctx: TransactionContext,
  named: string | undefined,
): Promise<SellerId | null> {
  if (named === undefined) return null;
  const { seller, fault } = findSeller(await loadSellers(ctx), named);
  if (fault) throw new ServiceError("invalid-field", fault, "/seller");
  allowSeller(ctx, seller.id);
  return seller.id;
}

type NewComplaint = {
  phoneId: PhoneId;
  source: ComplaintSource;
  text: string;
  refusesCalls: boolean;
  called?: SaidCall | undefined;
  /** The call that the person chose on their own page. */
  chosenCallId?: CallId;
  sellerId?: SellerId | null;
  regulator?: FileComplaint["regulator"];
  externalId?: string | undefined;
};

/**
 * Opens the case of a complaint: its deadline, its calls, the opt-out in it and the first step of its history. If too
 * many wait already, the opt-out is recorded alone; without one, this throws.
 */
async function openComplaint(
  ctx: TransactionContext,
  complaint: NewComplaint,
): Promise<FiledComplaint | OnlyOptOut> {
  const { phoneId, source, refusesCalls, externalId } = complaint;
  const optOut = refusesCalls ? await recordOptOutOfComplaint(ctx, complaint) : null;
  await lockPhones(ctx, [phoneId]);
  const earlier = externalId === undefined ? null : await findByExternalId(ctx, externalId);
  if (earlier !== null) {
    if (earlier.phoneId !== phoneId)
      throw new ServiceError("invalid-field", { key: "complaint.external-id-used" }, "/externalId");
    if (optOut !== null) await noteLaterOptOut(ctx, earlier.id, optOut.id);
    return { ...earlier, optOut };
  }
  if (!(await hasRoom(ctx, phoneId, source))) {
    if (optOut !== null) {
      const { reference } = optOut;
      const key = "complaint.too-many-refused";
      return { fault: { key, values: { reference } }, path: null, optOut, phoneId };
    }
    const key = source === "page" ? "complaint.too-many" : "complaint.too-many-filed";
    throw new ServiceError("conflict", { key });
  }
  return { ...(await insertComplaint(ctx, complaint, optOut)), optOut };
}

/** Records an opt-out of all calls. One that is on record already is returned, and no second one is recorded. */
async function recordOptOutOfComplaint(
  ctx: TransactionContext,
  { phoneId, source, text }: NewComplaint,
): Promise<OptOutOfComplaint> {
  const request = { channel: channelOfSource[source], note: text };
  const { id, reference } = await recordForPhone(ctx, phoneId, request, { isRepeatable: true });
  return { id, reference };
}

async function findByExternalId(
  { db, organizationId }: TransactionContext,
  externalId: string,
): Promise<Omit<FiledComplaint, "optOut"> | null> {
  const row = await db.complaint.findFirst({ where: { organizationId, externalId } });
  return row && toFiled(row);
}

/**
 * Records in the case that the complaint came with an opt-out when it was sent again, unless the case names an opt-out
 * already. A complaint that proves an opt-out is kept for good, and a retention sweep recognizes it by `optOutId`.
 */
async function noteLaterOptOut(ctx: TransactionContext, id: ComplaintId, optOutId: OptOutId) {
  const { db, organizationId } = ctx;
  const events = await db.complaintEvent.findMany({
    where: { organizationId, complaintId: id },
    select: { details: true },
  });
  if (events.some(({ details }) => "optOutId" in Object(details))) return;
  await recordEvent(ctx, id, { kind: "opted-out", details: { optOutId } });
}

const toFiled = (row: { id: string; phoneId: string; receivedAt: Date; dueAt: Date }) => ({
  id: ComplaintId.parse(row.id),
  phoneId: PhoneId.parse(row.phoneId),
  receivedAt: row.receivedAt,
  dueAt: row.dueAt,
});

async function insertComplaint(
  ctx: TransactionContext,
  complaint: NewComplaint,
  optOut: OptOutOfComplaint | null,
) {
  const { db, organizationId, actor, now: receivedAt } = ctx;
  const { phoneId, source, called, chosenCallId, regulator, refusesCalls, externalId } = complaint;
  const { zone, complaintDays: ownDays } = await loadOrganization(ctx);
  const person = await locatePerson(ctx, phoneId);
  const said = readSaidTime(called, { zone: person.zones[0] ?? zone, receivedAt });
  const search = findCallSearch(said, receivedAt, person.zones);
  const deadline =
    regulator?.answerBy === undefined
      ? findAnswerDeadline({
          receivedAt,
          places: person.places,
          isRefusal: refusesCalls,
          zone,
          ownDays,
        })
      : { rule: "regulator", dueAt: readAnswerDay(zone, regulator.answerBy, receivedAt) };
  const id = await createId(ctx, ComplaintId);
  await holdLock(ctx, "complaint-calls");
  const row = await db.complaint.create({
    data: {
      organizationId,
      id,
      phoneId,
      callId: chosenCallId ?? null,
      sellerId: complaint.sellerId ?? null,
      text: mendText(complaint.text),
      source,
      regulator: regulator?.authority ?? null,
      regulatorReference: regulator?.reference || null,
      externalId: externalId ?? null,
      receivedAt,
      saidAt: said !== null && "at" in said ? said.at : null,
      saidOn: said !== null && "day" in said ? new Date(said.day) : null,
      searchFrom: search.from,
      searchUntil: search.until,
      dueAt: deadline.dueAt,
      dueRule: deadline.rule,
      ...(source !== "page" && { recordedBy: toStoredActor(actor) }),
    },
  });
  if (chosenCallId !== undefined) await linkChosenCall(ctx, id, chosenCallId);
  const calls = await linkFoundCalls(ctx, id, { phoneIds: person.phoneIds, search });
  await recordEvent(ctx, id, {
    kind: "received",
    details: {
      source,
      calls: calls + (chosenCallId === undefined ? 0 : 1),
      rule: deadline.rule,
      ...(optOut && { optOutId: optOut.id }),
    },
  });
  return toFiled(row);
}

type Clock = { zone: string; receivedAt: Date };

/**
 * Reads when the call was, by the clock of `zone`; null if the person did not say. Throws for a time more than a day
 * after the complaint: which day it is for the person is not certain.
 */
function readSaidTime(called: SaidCall | undefined, { zone, receivedAt }: Clock): SaidTime {
  if (called === undefined) return null;
  const said = toSaidTime(called, zone);
  const earliest = "at" in said ? said.at.getTime() : Date.parse(said.day);
  if (earliest > receivedAt.getTime() + DAY_MS) {
    throw new ServiceError("invalid-field", { key: "complaint.called-later" }, "/called");
  }
  return said;
}

/** A time of day that does not exist there, because clocks were changed, leaves the day alone. */
function toSaidTime(called: SaidCall, zone: string): Exclude<SaidTime, null> {
  if ("at" in called) return { at: called.at };
  const { day, time } = called;
  const at = time === undefined ? null : instantIn(zone, `${day}T${time}`);
  return at === null ? { day } : { at };
}

/** Returns the end of the day on which an authority wants the answer. Throws if it has passed. */
function readAnswerDay(zone: string, day: string, receivedAt: Date): Date {
  const dueAt = endOfDay(zone, day);
  if (dueAt > receivedAt) return dueAt;
  throw new ServiceError(
    "invalid-field",
    { key: "complaint.answer-day-past" },
    "/regulator/answerBy",
  );
}

/** The most open complaints per phone and source, so that a flood about one phone does not hide those about others. */
const MAX_WAITING = 10;

/**
 * True if another complaint about the phone may wait. Those that agents take down, that people write themselves and
 * that systems send are counted apart. Letters, mails and authorities are never turned away. Call with the phone
 * locked, so that two concurrent calls cannot both take the last place.
 */
async function hasRoom(
  { db, organizationId }: TransactionContext,
  phoneId: PhoneId,
  source: ComplaintSource,
): Promise<boolean> {
  if (source === "mail" || source === "regulator") return true;
  const waiting = await db.complaint.count({
    where: { organizationId, phoneId, source, decidedAt: null },
  });
  return waiting < MAX_WAITING;
}
