import { expect, it } from "vitest";
import { aCalledPerson } from "../../../testing/complaints.ts";
import { as } from "../../../testing/scenes.ts";
import { complain } from "./complain.ts";
import { settleComplaint } from "./settle-complaint.ts";

it("is done once, also by two at once", async () => {
  const { office, person } = await aCalledPerson();
  const complaint = await complain(person, { text: "x" });
  const outcomes = await Promise.allSettled([1, 2].map(() => settleComplaint(office, complaint)));
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
});

it("settles nothing of another organization, and is not for auditors", async () => {
  const [mine, theirs] = [await aCalledPerson(), await aCalledPerson()];
  const complaint = await complain(theirs.person, { text: "x" });
  await expect(settleComplaint(mine.office, complaint)).rejects.toMatchObject({
    code: "not-found",
  });
  await expect(settleComplaint(as(theirs.office, "auditor"), complaint)).rejects.toMatchObject({
    code: "forbidden",
  });
});
