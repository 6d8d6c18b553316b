import { expect, it } from "vitest";
import { aDisclosure, aDraft } from "../../../testing/forms.ts";
import { aConsent, aContext, as, db } from "../../../testing/scenes.ts";
import { recordConsent } from "../consent/record.ts";
import { draftDisclosure, publishDisclosure } from "./draft-and-publish.ts";
import { readDisclosure } from "./list.ts";

it("saves a draft, and replaces it with the next one", async () => {
  const ctx = await aContext();
  const { id } = await draftDisclosure(ctx, aDraft());
  await draftDisclosure(ctx, aDraft({ id, text: "Acme may phone me." }));

  const { draft, versions } = await readDisclosure(ctx, id);
  expect([draft?.text, versions]).toEqual(["Acme may phone me.", []]);
});

it("drafts the next version of a published disclosure", async () => {
  const ctx = await aContext();
  const { id } = await aDisclosure(ctx);
  await draftDisclosure(ctx, aDraft({ id, text: "Acme may phone me." }));

  const { draft, versions } = await readDisclosure(ctx, id);
  expect(draft?.text).toBe("Acme may phone me.");
  expect(versions.map(({ version }) => version)).toEqual([1]);
});

it("makes no version of words that nobody published", async () => {
  const ctx = await aContext();
  await recordConsent(ctx, aConsent());
  const { organizationId } = ctx;
  const { id } = await db.prisma.disclosure.findFirstOrThrow({ where: { organizationId } });

  await expect(draftDisclosure(ctx, aDraft({ id }))).rejects.toMatchObject({ code: "not-found" });
});

it("lists the known sellers if the seller is unknown", async () => {
  const draft = aDraft({}, { seller: "acmee" });
  await expect(draftDisclosure(await aContext(), draft)).rejects.toMatchObject({
    path: "/terms/seller",
  });
});

it("allows owners and officers", async () => {
  const marketer = as(await aContext(), "marketer");
  await expect(draftDisclosure(marketer, aDraft())).rejects.toMatchObject({ code: "forbidden" });
});

it("finds no disclosure of another organization", async () => {
  const { id } = await aDisclosure(await aContext());
  const ctx = await aContext();
  await expect(draftDisclosure(ctx, aDraft({ id }))).rejects.toMatchObject({ code: "not-found" });
});

it("turns a draft into a version, and states it in the ledger", async () => {
  const ctx = await aContext();
  const { id } = await draftDisclosure(ctx, aDraft());
  expect(await publishDisclosure(ctx, id)).toEqual({ version: 1 });

  const { draft, versions } = await readDisclosure(ctx, id);
  expect([draft, versions]).toMatchObject([null, [{ version: 1, text: aDraft().text }]]);
  const { organizationId } = ctx;
  const { rows } = await db.pool.query<{ kind: string }>(
    "SELECT kind FROM ledger.entry WHERE organization_id = $1",
    [organizationId],
  );
  expect(rows).toEqual([{ kind: "disclosure.published" }]);
});

it("creates a new version for a new text, and keeps the first", async () => {
  const ctx = await aContext();
  const { id } = await aDisclosure(ctx);
  await draftDisclosure(ctx, aDraft({ id, text: "Acme may phone me." }));
  expect(await publishDisclosure(ctx, id)).toEqual({ version: 2 });

  const { versions } = await readDisclosure(ctx, id);
  expect(versions.map(({ text }) => text)).toEqual(["Acme may phone me.", aDraft().text]);
});

it("publishes a draft once, however fast it is asked", async () => {
  const ctx = await aContext();
  const { id } = await draftDisclosure(ctx, aDraft());
  const all = await Promise.allSettled([publishDisclosure(ctx, id), publishDisclosure(ctx, id)]);
  expect(all.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
});

it("allows two published disclosures with the same words", async () => {
  const ctx = await aContext();
  const [one, other] = [await aDisclosure(ctx), await aDisclosure(ctx)];
  expect(one.id).not.toBe(other.id);
});

it("rejects a text that does not say what it asks, and keeps the draft", async () => {
  const ctx = await aContext();
  const { id } = await draftDisclosure(ctx, aDraft({}, { withdrawal: "", channels: [] }));
  const { faults } = await publishDisclosure(ctx, id);
  expect(faults?.map(({ path }) => path)).toEqual(["/terms/withdrawal", "/terms/channels"]);
  expect((await readDisclosure(ctx, id)).draft).not.toBeNull();
});

it("cannot be changed afterwards, not even by us", async () => {
  const ctx = await aContext();
  const { id } = await aDisclosure(ctx);
  const where = { organizationId: ctx.organizationId, id };
  const { disclosure } = db.prisma;
  await expect(disclosure.updateMany({ where, data: { text: "x" } })).rejects.toThrow(
    "append-only",
  );
  await expect(disclosure.deleteMany({ where })).rejects.toThrow("append-only");
});

it("allows owners and officers", async () => {
  const ctx = await aContext();
  const { id } = await draftDisclosure(ctx, aDraft());
  await expect(publishDisclosure(as(ctx, "agent"), id)).rejects.toMatchObject({
    code: "forbidden",
  });
});

it("publishes nothing of another organization", async () => {
  const { id } = await draftDisclosure(await aContext(), aDraft());
  await expect(publishDisclosure(await aContext(), id)).rejects.toMatchObject({
    code: "not-found",
  });
});
