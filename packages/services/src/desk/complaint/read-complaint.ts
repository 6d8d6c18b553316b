import { z } from "zod";
import {
  AnswerChannel,
  ComplaintDecision,
  ComplaintEventKind,
  ComplaintSource,
  type LetterFacts,
  suggestLetter,
} from "@ringfence/core/desk/complaint";
import { findRegulators } from "@ringfence/core/desk/evidence-pack";
import {
  CallId,
  ComplaintId,
  ComplaintTaskId,
  ContactId,
  MemberId,
  OptOutId,
  PhoneId,
} from "@ringfence/core/ids";
import { toIsoDate, localClock } from "@ringfence/core/platform/time";
import {
  type NamedActor,
  type TransactionContext,
  loadActorNames,
  loadMemberNames,
  query,
} from "../../platform/internal.ts";
import { loadOrganization } from "../../account/organization/internal.ts";
import { findPerson } from "../../people/phone/internal.ts";
import { complaintNotFoundError } from "./complaint-event.ts";
import { findAppealFault } from "./decide-complaint.ts";
import { listAssignees } from "./handle-complaint.ts";
import { type CallOfComplaint, loadCallsOfComplaint } from "./linked-calls.ts";
import { locatePerson } from "./locate-person.ts";

/** Reads the case of a complaint: what was said, its deadline, calls, tasks and history, and the facts of an answer. */
export const readComplaint = query({
  name: "readComplaint",
  action: "complaint.read",
  input: ComplaintId,
  run: async (ctx, complaintId) => {
    const { db, organizationId, now } = ctx;
    const row = await db.complaint.findFirst({
      where: { organizationId, id: complaintId },
      include: { phone: true, seller: true, tasks: { orderBy: { id: "asc" } } },
    });
    if (row === null) throw complaintNotFoundError();
    const phoneId = PhoneId.parse(row.phoneId);
    const { linked, others } = await loadCallsOfComplaint(ctx, complaintId, phoneId);
    const { steps, optOut } = await loadHistory(ctx, complaintId);
    const { contacts, otherPhones } = await findPerson(ctx, phoneId);
    const assignees = await listAssignees(ctx);
    const nameActor = await loadActorNames(ctx, [row.recordedBy, row.decidedBy]);
    const appealFault = await findAppealFault(ctx, complaintId, row.appealedAt);
    const { places } = await locatePerson(ctx, phoneId);
    const letter = await collectLetterFacts(ctx, {
      ...row,
      phone: row.phone.e164,
      linked,
      optOut,
    });
    return {
      id: complaintId,
      phoneId,
      /** Null if it was erased. */
      phone: row.phone.e164,
      otherPhones: otherPhones.length,
      text: row.text,
      source: ComplaintSource.parse(row.source),
      regulator: row.regulator,
      regulatorReference: row.regulatorReference,
      seller: row.seller?.name ?? null,
      receivedAt: row.receivedAt,
      recordedBy: nameActor(row.recordedBy),
      saidAt: row.saidAt,
      saidOn: row.saidOn && row.saidOn.toISOString().slice(0, 10),
      searchFrom: row.searchFrom,
      searchUntil: row.searchUntil,
      dueAt: row.dueAt,
      dueRule: row.dueRule,
      isOverdue: row.decidedAt === null && row.dueAt < now,
      assigneeId: row.assigneeId === null ? null : MemberId.parse(row.assigneeId),
      assignees: assignees.map(({ id, name }) => ({ id: MemberId.parse(id), name })),
      decision: ComplaintDecision.nullable().parse(row.decision),
      decidedAt: row.decidedAt,
      decidedBy: nameActor(row.decidedBy),
      appealedAt: row.appealedAt,
      /** Why the member who asks cannot decide it; null if they can. */
      appealFault,
      optOut,
      calls: linked,
      otherCalls: others,
      tasks: row.tasks.map(({ id, title, doneAt }) => ({
        id: ComplaintTaskId.parse(id),
        /** Empty if it was erased. */
        title,
        doneAt,
      })),
      steps,
      isAnswered: steps.some(({ kind }) => kind === "answered"),
      mailboxes: await listMailboxes(
        ctx,
        contacts.map(({ id }) => id),
      ),
      letter,
      suggestedLetter: suggestLetter(letter.calls),
      /** Id of the first regulator for a place where the person may be; null if there is no file about one. */
      suggestedRegulator: findRegulators(places)[0]?.id ?? null,
    };
  },
  audit: ({ id: complaintId, phoneId }) => ({ phoneId, complaintId }),
});

export type ComplaintCase = Awaited<ReturnType<typeof readComplaint>>;

/** Ids, counts and words of a step. Steps of older versions may lack some. */
const Details = z
  .object({
    source: ComplaintSource,
    calls: z.number(),
    foundBy: z.enum(["program", "officer"]),
    isLate: z.boolean(),
    callId: CallId,
    assigneeId: z.string().nullable(),
    taskId: ComplaintTaskId,
    from: z.coerce.date(),
    to: z.coerce.date(),
    channel: AnswerChannel,
    decision: ComplaintDecision,
    optOutId: OptOutId,
  })
  .partial();

/** A step in the history of a complaint, as people see it. */
export type ComplaintStep = {
  id: string;
  kind: ComplaintEventKind;
  details: Omit<z.infer<typeof Details>, "assigneeId" | "taskId"> & {
    /**
     * The call that was linked or taken off; null if the step names none, as if it links several, or it was removed.
     */
    call: { at: Date; phoneId: PhoneId } | null;
    /** In a step `assigned`: name of the member who got it; null if it was given back to all. */
    assignee: string | null;
    /** Words of the task, empty once erased; null if the step is about none. */
    task: string | null;
  };
  /** Null if there are none, or they were erased. */
  text: string | null;
  at: Date;
  by: NamedActor | null;
};

/** Loads the steps, the first one first, and the opt-out that came with the complaint; null if none did. */
async function loadHistory(ctx: TransactionContext, complaintId: ComplaintId) {
  const { db, organizationId } = ctx;
  const rows = await db.complaintEvent.findMany({
    where: { organizationId, complaintId },
    orderBy: { id: "asc" },
    include: { notes: { select: { text: true } } },
  });
  const events = rows.map((row) => ({ ...row, details: Details.parse(row.details) }));
  const nameActor = await loadActorNames(
    ctx,
    rows.map(({ actor }) => actor),
  );
  const members = await loadMemberNames(
    ctx,
    events.flatMap(({ details }) => details.assigneeId ?? []),
  );
  const calls = await loadCallsOfSteps(
    ctx,
    events.flatMap(({ details }) => details.callId ?? []),
  );
  const tasks = await db.complaintTask.findMany({ where: { organizationId, complaintId } });
  const titles = new Map(tasks.map(({ id, title }) => [id, title]));
  const steps = events.map(
    ({
      id,
      kind,
      details: { assigneeId, taskId, ...details },
      notes,
      at,
      actor,
    }): ComplaintStep => ({
      id,
      kind: ComplaintEventKind.parse(kind),
      details: {
        ...details,
        call: calls.get(details.callId ?? "") ?? null,
        assignee: members.get(assigneeId ?? "") ?? null,
        task: titles.get(taskId ?? "") ?? null,
      },
      text: notes[0]?.text ?? null,
      at,
      by: nameActor(actor),
    }),
  );
  const optOutId = events.find(({ details }) => details.optOutId !== undefined)?.details.optOutId;
  const optOut =
    optOutId === undefined
      ? null
      : await db.optOut.findFirst({
          where: { organizationId, id: optOutId },
          select: { id: true, reference: true, at: true },
        });
  return { steps, optOut };
}

async function loadCallsOfSteps(
  { db, organizationId }: TransactionContext,
  callIds: readonly CallId[],
): Promise<Map<string, { at: Date; phoneId: PhoneId }>> {
  const rows = await db.call.findMany({
    where: { organizationId, id: { in: [...callIds] } },
    select: { id: true, at: true, phoneId: true },
  });
  return new Map(rows.map(({ id, at, phoneId }) => [id, { at, phoneId: PhoneId.parse(phoneId) }]));
}

/** Lists the mailboxes of these contacts, to which an answer can be sent. */
async function listMailboxes(
  { db, organizationId }: TransactionContext,
  contactIds: readonly ContactId[],
) {
  const rows = await db.contact.findMany({
    where: { organizationId, id: { in: [...contactIds] }, email: { not: null } },
    select: { id: true, email: true },
    orderBy: { id: "asc" },
  });
  return rows.flatMap(({ id, email }) =>
    email === null ? [] : [{ contactId: ContactId.parse(id), email }],
  );
}

type LetterSource = {
  phone: string | null;
  receivedAt: Date;
  regulatorReference: string | null;
  searchFrom: Date;
  searchUntil: Date;
  linked: readonly CallOfComplaint[];
  optOut: { reference: string; at: Date } | null;
};

/** Collects what the templates of an answer are filled with. */
async function collectLetterFacts(
  ctx: TransactionContext,
  { phone, receivedAt, regulatorReference, searchFrom, searchUntil, linked, optOut }: LetterSource,
): Promise<LetterFacts> {
  const { name, zone } = await loadOrganization(ctx);
  return {
    organization: name,
    zone,
    phone,
    receivedOn: toIsoDate(localClock(zone, receivedAt.getTime()).day),
    reference: regulatorReference,
    calls: linked.map((call) => toLetterCall(call, zone)),
    searched: { from: searchFrom, until: searchUntil },
    optOut: optOut && { reference: optOut.reference, at: optOut.at },
  };
}

const toLetterCall = (call: CallOfComplaint, zone: string) => ({
  at: call.at,
  seller: call.seller,
  consentOn: call.consentSince && toIsoDate(localClock(zone, call.consentSince.getTime()).day),
  isAllowed: call.verdict === "allow",
  isViolation: call.violationId !== null || call.verdict === "refuse",
});
