import { expect, it } from "vitest";
import { aFloodedPage } from "../../../testing/flooded-page.ts";
import { aPublicPage } from "../../../testing/floods.ts";
import { as, db } from "../../../testing/scenes.ts";
import { listNeeds } from "../../desk/today/list-needs.ts";
import { proposeBurstLifting } from "./propose-burst-lifting.ts";

it("accepts one proposal, and asks other officers but not the proposer", async () => {
  const { propose, officer, other } = await aFloodedPage();
  await propose();
  await expect(propose()).rejects.toMatchObject({
    code: "conflict",
    explanation: { key: "opt-out.burst-lifting-open" },
  });
  const kinds = async (by = officer) => (await listNeeds(by)).map(({ kind }) => kind);
  expect(await kinds()).toEqual(["bursts-open"]);
  expect(await kinds(other)).toEqual(["bursts-open", "burst-liftings-open"]);
});

it("keeps the officer's words out of the audit trail", async () => {
  const { propose, organizationId } = await aFloodedPage();
  await propose();
  const entries = await db.prisma.auditEntry.findMany({
    where: { organizationId, action: "opt-out.correct" },
  });
  expect(entries).toHaveLength(1);
  expect(JSON.stringify(entries)).not.toContain("A script");
});

it("is refused to agents, and finds no burst of another organization", async () => {
  const [mine, theirs] = [await aPublicPage(), await aFloodedPage()];
  const asked = { id: await theirs.burstId(), reason: "A script.", includesProof: false };
  await expect(proposeBurstLifting(mine.officer, asked)).rejects.toMatchObject({
    code: "not-found",
  });
  await expect(proposeBurstLifting(as(theirs.officer, "agent"), asked)).rejects.toMatchObject({
    code: "forbidden",
  });
});
