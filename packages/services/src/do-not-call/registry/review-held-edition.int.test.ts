import { RegistryEditionId } from "@ringfence/core/ids";
import { expect, it } from "vitest";
import {
  aRegistry,
  aRegistryThatLists,
  fullList,
  numbersInArea,
} from "../../../testing/registries.ts";
import { db } from "../../../testing/scenes.ts";
import { listEditions } from "./edition-history.ts";
import { reviewEdition } from "./review-held-edition.ts";

const reason = "The publisher has told us";
const sha256 = "e".repeat(64);

/** A registry of a hundred numbers, and an edition of ten that is held. */
async function scene() {
  const { apply, ...scene } = await aRegistryThatLists(numbersInArea(818, 100));
  const { registryId, asOfficer } = scene;
  const readAgain = () => apply(fullList(numbersInArea(818, 10)), { sha256 });
  await readAgain();
  const held = await db.prisma.registryEdition.findFirstOrThrow({
    where: { registryId, status: "held" },
  });
  const editionId = RegistryEditionId.parse(held.id);
  const settle = (verdict: "accepted" | "rejected") =>
    reviewEdition(asOfficer, { registryId, editionId, verdict, reason });
  return { ...scene, apply, readAgain, editionId, settle };
}

it("applies an accepted edition when its source is read again", async () => {
  const { settle, readAgain, row, editionId, asOfficer, registryId } = await scene();

  const { runId } = await settle("accepted");

  expect(runId).not.toBeNull();
  const { editions } = await listEditions(asOfficer, { registryId, limit: 1 });
  expect(editions).toMatchObject([{ status: "accepted", settled: { by: null, why: reason } }]);
  expect(await readAgain()).toMatchObject({ outcome: "applied", editionId, removed: 90 });
  expect(await row()).toMatchObject({ edition: 2, listed: 10n });
});

it("does not hold a rejected edition again", async () => {
  const { settle, readAgain, row, editionId } = await scene();

  expect(await settle("rejected")).toEqual({ runId: null });

  expect(await readAgain()).toMatchObject({ outcome: "rejected", editionId });
  expect(await row()).toMatchObject({ edition: 1, listed: 100n });
});

it("applies only the accepted content", async () => {
  const { settle, apply } = await scene();
  await settle("accepted");
  expect(await apply(fullList(numbersInArea(818, 9)))).toMatchObject({ outcome: "held" });
});

it("can be reviewed once", async () => {
  const { settle } = await scene();
  const tries = await Promise.allSettled([settle("accepted"), settle("rejected")]);
  expect(tries.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
});

it("does not accept changes without a full list", async () => {
  const { ctx: _, asOfficer, registryId } = await aRegistry();
  const edition = await db.prisma.registryEdition.create({
    data: {
      organizationId: asOfficer.organizationId,
      registryId,
      revision: 1,
      status: "held",
      kind: "change",
      sha256,
      lines: 1,
      bytes: 12,
      listed: 1,
      added: 1,
      removed: 0,
      readAt: new Date(0),
      fault: { key: "registry.held.no-full-list", values: {} },
    },
  });
  const editionId = RegistryEditionId.parse(edition.id);
  const accepting = reviewEdition(asOfficer, {
    registryId,
    editionId,
    verdict: "accepted",
    reason,
  });
  await expect(accepting).rejects.toMatchObject({
    code: "conflict",
    explanation: { key: "registry.held.no-full-list" },
  });
});

it("reviews no edition of another organization", async () => {
  const { registryId, editionId } = await scene();
  const { asOfficer } = await aRegistry();
  const settling = reviewEdition(asOfficer, { registryId, editionId, verdict: "accepted", reason });
  await expect(settling).rejects.toMatchObject({ code: "not-found" });
});

it("is rejected, but not accepted, while its registry is disconnected", async () => {
  const { settle, registryId } = await scene();
  const data = { disconnectedAt: new Date() };
  await db.prisma.registry.updateMany({ where: { id: registryId }, data });
  await expect(settle("accepted")).rejects.toMatchObject({
    code: "conflict",
    explanation: { key: "registry.disconnected-already" },
  });
  expect(await settle("rejected")).toEqual({ runId: null });
});
