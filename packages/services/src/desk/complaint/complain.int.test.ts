import { anOrganization } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aCalledPerson } from "../../../testing/complaints.ts";
import { db } from "../../../testing/scenes.ts";
import { complain } from "./complain.ts";

it("keeps what a person says of a call", async () => {
  const { person, callId } = await aCalledPerson();
  const { id } = await complain(person, { callId, text: "At six in the morning!" });
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
    Array.from({ length: 12 }, () => complain(person, { text: "Again" })),
  );
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(10);
});

it("is of no call of others, nor in another organization, nor for members", async () => {
  const [mine, theirs] = [await aCalledPerson(), await aCalledPerson()];
  const { callId } = theirs;
  const notFound = { code: "not-found" };
  await expect(complain(mine.person, { callId, text: "x" })).rejects.toMatchObject(notFound);
  const other = { ...theirs.person, organizationId: await anOrganization(db) };
  await expect(complain(other, { callId, text: "x" })).rejects.toMatchObject(notFound);
  await expect(complain(mine.office, { text: "x" })).rejects.toMatchObject({ code: "forbidden" });
});
