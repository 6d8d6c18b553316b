import { expect, it } from "vitest";
import { aMember } from "../../../testing/members.ts";
import { db } from "../../../testing/scenes.ts";
import { changeOwnSettings } from "./change-own-settings.ts";

const settingsOf = (id: string) =>
  db.prisma.member.findFirstOrThrow({
    where: { id },
    select: { locale: true, zone: true, theme: true, hasSingleKeys: true },
  });

it("changes what is said, and leaves the rest", async () => {
  const { ctx, memberId } = await aMember();

  await changeOwnSettings(ctx, { locale: "ru", zone: "Europe/Moscow", hasSingleKeys: false });
  await changeOwnSettings(ctx, { theme: "dark" });

  expect(await settingsOf(memberId)).toEqual({
    locale: "ru",
    zone: "Europe/Moscow",
    theme: "dark",
    hasSingleKeys: false,
  });
});

it("changes nobody of another organization", async () => {
  const { ctx } = await aMember();
  const stranger = await aMember();

  await changeOwnSettings({ ...ctx, actor: stranger.ctx.actor }, { theme: "dark" });

  expect(await settingsOf(stranger.memberId)).toMatchObject({ theme: "auto" });
});

it("refuses who is no member", async () => {
  const { ctx } = await aMember();
  const job = { ...ctx, actor: { type: "job", name: "registry.sync" } } as const;

  await expect(changeOwnSettings(job, { theme: "dark" })).rejects.toMatchObject({
    code: "forbidden",
  });
});
