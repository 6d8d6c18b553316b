import { AddSavedView } from "@ringfence/core/desk/saved-view";
import { expect, it } from "vitest";
import { aContext, db } from "../../../testing/scenes.ts";
import type { RootContext } from "../../platform/context.ts";
import { addSavedView, deleteSavedView, listSavedViews, renameSavedView } from "./saved-view.ts";

const view = AddSavedView.parse({
  list: "contacts",
  name: "Consumers",
  filters: { party: "consumer" },
  isShared: false,
});

/** An officer, another officer, and a marketer. All have a member row, because a view names its member. */
async function aTeam() {
  const ctx = await aContext();
  const join = async (role: "officer" | "marketer" | "agent"): Promise<RootContext> => {
    const { id } = await db.prisma.member.create({
      data: {
        organizationId: ctx.organizationId,
        email: `${crypto.randomUUID()}@example.com`,
        name: role,
        role,
        passwordHash: "",
      },
    });
    return { ...ctx, actor: { type: "member", id, role, sellerIds: [] } };
  };
  return {
    officer: await join("officer"),
    colleague: await join("officer"),
    marketer: await join("marketer"),
    agent: await join("agent"),
  };
}

it("shows a view that was saved when more was allowed", async () => {
  const { officer } = await aTeam();
  const { id } = await addSavedView(officer, view);
  const filters = { campaign: "loans_20260301" };
  await db.prisma.savedView.updateMany({ where: { id }, data: { filters } });
  expect(await listSavedViews(officer, { list: "contacts" })).toMatchObject([{ filters }]);
});

it("shows a view to its member alone, and a shared one to all who see the list", async () => {
  const { officer, colleague, marketer, agent } = await aTeam();
  const own = await addSavedView(officer, view);
  const shared = await addSavedView(officer, { ...view, name: "For all", isShared: true });
  const list = async (ctx: RootContext) =>
    (await listSavedViews(ctx, { list: "contacts" })).map(({ name, isChangeable }) => [
      name,
      isChangeable,
    ]);
  expect(await list(officer)).toEqual([
    ["Consumers", true],
    ["For all", true],
  ]);
  expect(await list(colleague)).toEqual([["For all", true]]);
  expect(await list(marketer)).toEqual([["For all", false]]);
  await expect(list(agent)).rejects.toMatchObject({ code: "forbidden" });
  expect(await listSavedViews(officer, { list: "calls" })).toEqual([]);

  for (const attempt of [
    () => deleteSavedView(colleague, { id: own.id }),
    () => renameSavedView(marketer, { id: own.id, name: "Mine" }),
  ]) {
    await expect(attempt()).rejects.toMatchObject({ code: "not-found" });
  }
  for (const attempt of [
    () => deleteSavedView(marketer, { id: shared.id }),
    () => renameSavedView(marketer, { id: shared.id, name: "Mine" }),
  ]) {
    await expect(attempt()).rejects.toMatchObject({ code: "forbidden" });
  }
  await renameSavedView(colleague, { id: shared.id, name: "Everybody’s" });
  expect(await list(marketer)).toEqual([["Everybody’s", false]]);
  await deleteSavedView(colleague, { id: shared.id });
  expect(await list(marketer)).toEqual([]);
});

it("lets only owners and officers share, and nobody save a view of a list they do not see", async () => {
  const { marketer, agent } = await aTeam();
  await expect(addSavedView(marketer, { ...view, isShared: true })).rejects.toMatchObject({
    explanation: { values: { action: "saved-view.share" } },
  });
  await expect(addSavedView(agent, view)).rejects.toMatchObject({
    explanation: { values: { action: "contact.read" } },
  });
});

it("accepts each name once per member and list, also when a colleague renames a view", async () => {
  const { officer, colleague } = await aTeam();
  await addSavedView(officer, view);
  const { id } = await addSavedView(officer, { ...view, name: "For all", isShared: true });
  await addSavedView(colleague, view);
  await addSavedView(officer, { ...view, list: "calls" });
  for (const attempt of [
    () => addSavedView(officer, view),
    () => renameSavedView(colleague, { id, name: view.name }),
  ]) {
    await expect(attempt()).rejects.toMatchObject({ explanation: { key: "saved-view.taken" } });
  }
});

it("saves at most thirty views of a member for one list", async () => {
  const { officer } = await aTeam();
  for (let index = 0; index < 30; index++) {
    await addSavedView(officer, { ...view, name: `View ${index}` });
  }
  await expect(addSavedView(officer, view)).rejects.toMatchObject({
    explanation: { key: "saved-view.too-many" },
  });
});

it("refuses a search and a phone number before anything is saved", async () => {
  const { officer } = await aTeam();
  for (const filters of [{ find: "sealed" }, { campaign: "+1 214 555 0142" }]) {
    await expect(addSavedView.receive(officer, { ...view, filters })).rejects.toThrow(
      /saved-view\.(search|phone)/,
    );
  }
  expect(await listSavedViews(officer, { list: "contacts" })).toEqual([]);
});
