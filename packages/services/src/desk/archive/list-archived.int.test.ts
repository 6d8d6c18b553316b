import { SellerId } from "@ringfence/core/ids";
import { aSeller } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aDisclosure } from "../../../testing/forms.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { aScene, buyers } from "../../../testing/segment-scene.ts";
import { archiveDisclosure } from "../../consents/disclosure/archive.ts";
import { archiveSegment } from "../../audience/segment/archive.ts";
import { saveSegment } from "../../audience/segment/save.ts";
import { listArchived } from "./list-archived.ts";

it("lists what is archived by name, with who did it, and nothing that is in use", async () => {
  const ctx = await aScene();
  const save = (name: string) => saveSegment(ctx, { name, rule: buyers });
  const [b, a] = [await save("B"), await save("A"), await save("C")];
  await archiveSegment(ctx, b.id);
  await archiveSegment(ctx, a.id);
  const archived = { at: expect.any(Date), by: { type: "member" } };
  expect(await listArchived(as(ctx, "auditor"), { kind: "segment" })).toMatchObject([
    { id: a.id, name: "A", archived },
    { id: b.id, name: "B", archived },
  ]);
});

it("lists to who works for one seller no disclosure of another", async () => {
  const ctx = await aContext();
  const { id } = await aDisclosure(ctx);
  await archiveDisclosure(ctx, id);
  const [acme, bank] = [
    await db.prisma.seller.findFirstOrThrow({ where: { organizationId: ctx.organizationId } }),
    { id: await aSeller(db, ctx.organizationId, "bank") },
  ];
  const listedFor = async (sellerId: string) => {
    const sellerIds = [SellerId.parse(sellerId)];
    const actor = { type: "member", id: "mo", role: "marketer", sellerIds } as const;
    return (await listArchived({ ...ctx, actor }, { kind: "disclosure" })).map(({ name }) => name);
  };
  expect(await listedFor(acme.id)).toEqual(["Offers by phone"]);
  expect(await listedFor(bank.id)).toEqual([]);
});

it("is not for agents, and lists nothing of another organization", async () => {
  const [ctx, other] = [await aScene(), await aContext()];
  const { id } = await saveSegment(ctx, { name: "Buyers", rule: buyers });
  await archiveSegment(ctx, id);
  expect(await listArchived(other, { kind: "segment" })).toEqual([]);
  await expect(listArchived(as(ctx, "agent"), { kind: "segment" })).rejects.toMatchObject({
    code: "forbidden",
  });
});
