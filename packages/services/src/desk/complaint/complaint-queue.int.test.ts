import { expect, it } from "vitest";
import { aCalledPerson } from "../../../testing/complaints.ts";
import { as } from "../../../testing/scenes.ts";
import { makeComplaint } from "./file-complaint.ts";
import { listComplaints, settleComplaint } from "./complaint-queue.ts";

it("lists what waits, and then what was settled, with whose and about which call", async () => {
  const { office, person, phone, callId } = await aCalledPerson();
  const first = await makeComplaint(person, { callId, text: "First" });
  await makeComplaint(person, { text: "Second" });
  const { items } = await listComplaints(office, { isSettled: false });
  expect(items).toMatchObject([
    { text: "First", phone, call: { seller: "Acme", at: new Date("2026-01-06T10:00:00Z") } },
    { text: "Second", call: null, settledBy: null },
  ]);
  await settleComplaint(office, first);
  expect((await listComplaints(office, { isSettled: false })).items).toHaveLength(1);
  expect((await listComplaints(office, { isSettled: true })).items).toMatchObject([
    { text: "First", settledAt: expect.any(Date), settledBy: { type: "member" } },
  ]);
});

it("continues from a cursor", async () => {
  const { office, person } = await aCalledPerson();
  const first = await makeComplaint(person, { text: "First" });
  await makeComplaint(person, { text: "Second" });
  const rest = await listComplaints(office, { isSettled: false, after: first.id });
  expect(rest).toMatchObject({ items: [{ text: "Second" }], next: null });
});

it("shows nothing of another organization, and nothing to agents", async () => {
  const [mine, theirs] = [await aCalledPerson(), await aCalledPerson()];
  await makeComplaint(theirs.person, { text: "x" });
  expect((await listComplaints(mine.office, { isSettled: false })).items).toEqual([]);
  await expect(
    listComplaints(as(mine.office, "agent"), { isSettled: false }),
  ).rejects.toMatchObject({ code: "forbidden" });
});

it("is done once, also by two at once", async () => {
  const { office, person } = await aCalledPerson();
  const complaint = await makeComplaint(person, { text: "x" });
  const outcomes = await Promise.allSettled([1, 2].map(() => settleComplaint(office, complaint)));
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
});

it("settles nothing of another organization, and is not for auditors", async () => {
  const [mine, theirs] = [await aCalledPerson(), await aCalledPerson()];
  const complaint = await makeComplaint(theirs.person, { text: "x" });
  await expect(settleComplaint(mine.office, complaint)).rejects.toMatchObject({
    code: "not-found",
  });
  await expect(settleComplaint(as(theirs.office, "auditor"), complaint)).rejects.toMatchObject({
    code: "forbidden",
  });
});
