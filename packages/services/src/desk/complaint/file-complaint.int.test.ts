import { aNumber, anOrganization } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aCalledPerson } from "../../../testing/complaints.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { makeComplaint, fileComplaint } from "./file-complaint.ts";
import { listComplaints } from "./complaint-queue.ts";

const text = "They called at six in the morning.";

it("records a complaint that an agent takes down, and who took it down", async () => {
  const { office, phone } = await aCalledPerson();
  const agent = as(office, "agent");
  const { id } = await fileComplaint(agent, { phone, text });
  expect((await listComplaints(office, { isSettled: false })).items).toMatchObject([
    { id, phone, text, recordedBy: { type: "member" } },
  ]);
  const { organizationId } = office;
  const entry = await db.prisma.auditEntry.findFirst({
    where: { organizationId, action: "complaint.file" },
  });
  expect(entry).toMatchObject({
    actor: { type: "member", id: "bob" },
    details: { complaintId: id },
  });
  expect(JSON.stringify(entry)).not.toContain(phone);
});

it("lets roles that talk to people file complaints, and lets no agent read them", async () => {
  const ctx = await aContext();
  const phone = aNumber();
  for (const role of ["owner", "officer", "marketer", "agent"] as const) {
    expect(await fileComplaint(as(ctx, role), { phone, text })).toHaveProperty("id");
  }
  for (const role of ["auditor", "developer"] as const) {
    await expect(fileComplaint(as(ctx, role), { phone, text })).rejects.toMatchObject({
      code: "forbidden",
    });
  }
  await expect(listComplaints(as(ctx, "agent"), { isSettled: false })).rejects.toMatchObject({
    code: "forbidden",
  });
});

it("says which number is not valid", async () => {
  await expect(fileComplaint(await aContext(), { phone: "Anna", text })).rejects.toMatchObject({
    code: "invalid",
    path: "/phone",
  });
});

it("leaves the person room to complain, however many complaints members file for them", async () => {
  const { office, person, phone } = await aCalledPerson();
  const agent = as(office, "agent");
  const outcomes = await Promise.allSettled(
    Array.from({ length: 12 }, () => fileComplaint(agent, { phone, text })),
  );
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(10);
  expect(await makeComplaint(person, { text: "And again!" })).toHaveProperty("id");
});

it("is visible in no other organization", async () => {
  const [mine, theirs] = [await aContext(), await aContext()]; // another organization
  await fileComplaint(mine, { phone: aNumber(), text });
  expect((await listComplaints(theirs, { isSettled: false })).items).toEqual([]);
});

it("keeps what a person says of a call", async () => {
  const { person, callId } = await aCalledPerson();
  const { id } = await makeComplaint(person, { callId, text: "At six in the morning!" });
  expect(await db.prisma.complaint.findFirst({ where: { id } })).toMatchObject({
    callId,
    phoneId: person.actor.phoneId,
    text: "At six in the morning!",
    settledAt: null,
  });
});

it("takes as many as one person has, and no flood", async () => {
  const { person } = await aCalledPerson();
  const outcomes = await Promise.allSettled(
    Array.from({ length: 12 }, () => makeComplaint(person, { text: "Again" })),
  );
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(10);
});

it("accepts no call of another person or organization, and is refused to members", async () => {
  const [mine, theirs] = [await aCalledPerson(), await aCalledPerson()];
  const { callId } = theirs;
  const notFound = { code: "not-found" };
  await expect(makeComplaint(mine.person, { callId, text: "x" })).rejects.toMatchObject(notFound);
  const other = { ...theirs.person, organizationId: await anOrganization(db) };
  await expect(makeComplaint(other, { callId, text: "x" })).rejects.toMatchObject(notFound);
  await expect(makeComplaint(mine.office, { text: "x" })).rejects.toMatchObject({
    code: "forbidden",
  });
});
