import { ComplaintEventId, ContactId, MemberId } from "@ringfence/core/ids";
import { describe, expect, it } from "vitest";
import { aComplaint } from "../../../testing/complaints.ts";
import { aMessageSender } from "../../../testing/confirmations.ts";
import { as, db } from "../../../testing/scenes.ts";
import { recordContacts } from "../../people/contact/index.ts";
import type { RootContext } from "../../platform/context.ts";
import { decideComplaint } from "./decide-complaint.ts";
import {
  addComplaintTask,
  answerComplaint,
  assignComplaint,
  finishComplaintTask,
  moveDeadline,
  noteComplaint,
} from "./handle-complaint.ts";
import { readComplaint } from "./read-complaint.ts";
import { sendAnswer } from "./send-answer.ts";

describe("the deadline", () => {
  it("moves to an earlier day at once, and to a later one only with a reason", async () => {
    const { officer, complaintId } = await aComplaint();
    const move = (dueOn: string, reason = "") =>
      moveDeadline(officer, { complaintId, dueOn, reason });
    const dueAt = async () => (await readComplaint(officer, complaintId)).dueAt.toISOString();
    await expect(move("2099-01-01")).rejects.toMatchObject({
      path: "/reason",
      explanation: { key: "complaint.later-needs-reason" },
    });
    await move("2026-01-10");
    expect(await dueAt()).toBe("2026-01-10T23:59:59.999Z");
    await move("2099-01-01", "The authority agreed.");
    const { steps, dueRule } = await readComplaint(officer, complaintId);
    expect(dueRule).toBe("officer");
    expect(steps.at(-1)).toMatchObject({
      kind: "deadline-moved",
      details: { from: new Date("2026-01-10T23:59:59.999Z") },
      text: "The authority agreed.",
    });
  });
});

it("is assigned to members who may handle it, and to nobody else", async () => {
  const { officer, another, complaintId } = await aComplaint();
  const { organizationId } = officer;
  const assigneeId = MemberId.parse(another.actor.id);
  await assignComplaint(officer, { complaintId, assigneeId });
  const assigned = await readComplaint(officer, complaintId);
  expect(assigned.assigneeId).toBe(assigneeId);
  expect(assigned.steps.at(-1)).toMatchObject({ details: { assignee: "grace" } });
  const agent = await db.prisma.member.create({
    data: {
      organizationId,
      email: `agent@${organizationId}.example`,
      name: "Al",
      role: "agent",
      passwordHash: "x",
    },
  });
  await expect(
    assignComplaint(officer, { complaintId, assigneeId: MemberId.parse(agent.id) }),
  ).rejects.toMatchObject({ path: "/assigneeId" });
  await assignComplaint(officer, { complaintId, assigneeId: null });
  expect(await readComplaint(officer, complaintId)).toMatchObject({ assigneeId: null });
});

it("has tasks, each of which is done once", async () => {
  const { officer, complaintId } = await aComplaint();
  const taskId = await addComplaintTask(officer, { complaintId, title: "Listen to the call" });
  await finishComplaintTask(officer, { taskId });
  await expect(finishComplaintTask(officer, { taskId })).rejects.toMatchObject({
    code: "not-found",
  });
  const { tasks, steps } = await readComplaint(officer, complaintId);
  expect(tasks).toMatchObject([{ title: "Listen to the call", doneAt: expect.any(Date) }]);
  expect(steps.slice(-2)).toMatchObject([
    { kind: "task-added", details: { task: "Listen to the call" } },
    { kind: "task-done" },
  ]);
});

it("is handled by owners and officers only, and not after its decision", async () => {
  const { office, officer, complaintId } = await aComplaint();
  const note = (ctx: RootContext) => noteComplaint(ctx, { complaintId, text: "Checked." });
  for (const role of ["agent", "auditor", "marketer", "developer"] as const) {
    await expect(note(as(office, role))).rejects.toMatchObject({ code: "forbidden" });
  }
  await note(as(office, "owner"));
  await decideComplaint(officer, { complaintId, decision: "upheld", text: "Sorry." });
  await expect(note(officer)).rejects.toMatchObject({ code: "conflict" });
});

describe("an answer", () => {
  const withMailbox = async () => {
    const scene = await aComplaint();
    const { officer, phone } = scene;
    await recordContacts(officer, {
      rows: [{ externalId: "p", phones: [phone], email: "pat@person.example" }],
    });
    const { mailboxes } = await readComplaint(officer, scene.complaintId);
    const contactId = ContactId.parse(mailboxes[0]?.contactId);
    const { messages, messageSender } = aMessageSender();
    const worker = {
      ...officer,
      actor: { type: "job", name: "complaint.answer" } as const,
      messageSender,
      publicUrl: "https://rf.example",
    };
    return { ...scene, contactId, messages, worker };
  };
  const text = "We are sorry.";

  it("is on record with how it was sent", async () => {
    const { officer, complaintId } = await aComplaint();
    await answerComplaint(officer, { complaintId, text, channel: "mail", locale: "en" });
    const { isAnswered, steps } = await readComplaint(officer, complaintId);
    expect(isAnswered).toBe(true);
    expect(steps.at(-1)).toMatchObject({ kind: "answered", details: { channel: "mail" }, text });
  });

  it("is rejected with a gap left from its template", async () => {
    const { officer, complaintId } = await aComplaint();
    const unfinished = { complaintId, text: "This went wrong: […]", channel: "mail" } as const;
    await expect(answerComplaint(officer, { ...unfinished, locale: "en" })).rejects.toMatchObject({
      path: "/text",
    });
  });

  it("goes by e-mail to a mailbox of the person, once, and that is on record", async () => {
    const { officer, complaintId, contactId, messages, worker } = await withMailbox();
    const mailed = { complaintId, text, channel: "email", contactId, locale: "ru" } as const;
    await answerComplaint(officer, mailed);
    const answered = (await readComplaint(officer, complaintId)).steps.at(-1);
    const eventId = ComplaintEventId.parse(answered?.id);
    await sendAnswer(worker, eventId);
    await sendAnswer(worker, eventId);
    expect(messages).toMatchObject([{ to: "pat@person.example", text }]);
    const { steps } = await readComplaint(officer, complaintId);
    expect(steps.filter(({ kind }) => kind === "answer-sent")).toHaveLength(1);
  });

  it("goes to nobody else's mailbox, and to none that was erased", async () => {
    const { officer, complaintId, contactId, messages, worker } = await withMailbox();
    await recordContacts(officer, {
      rows: [{ externalId: "q", phones: ["+12025550199"], email: "else@person.example" }],
    });
    const { organizationId } = officer;
    const other = await db.prisma.contact.findFirstOrThrow({
      where: { organizationId, externalId: "q" },
    });
    const answer = { complaintId, text, channel: "email", locale: "en" } as const;
    await expect(
      answerComplaint(officer, { ...answer, contactId: ContactId.parse(other.id) }),
    ).rejects.toMatchObject({ path: "/contactId" });
    await answerComplaint(officer, { ...answer, contactId });
    const answered = (await readComplaint(officer, complaintId)).steps.at(-1);
    await db.prisma.contact.updateMany({ where: { organizationId }, data: { email: null } });
    await sendAnswer(worker, ComplaintEventId.parse(answered?.id));
    expect(messages).toEqual([]);
  });
});
