import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { aFolder } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aMember, aSession, password } from "../../../testing/members.ts";
import { db, keys } from "../../../testing/scenes.ts";
import { changeOwnPassword, changeOwnSettings } from "./change-own-account.ts";
import { findCurrentMember } from "./sessions.ts";
import { startSession } from "./sign-in.ts";

const newPassword = "a row of tall thistles";

async function scene() {
  const member = await aMember();
  return { ...member, here: await aSession(member), there: await aSession(member) };
}

it("accepts only the new password, and ends all other sessions", async () => {
  const { ctx, signIn, here, there } = await scene();

  expect(await changeOwnPassword(ctx, { password, newPassword, ...here })).toBe("changed");

  expect(await findCurrentMember(db, here)).toMatchObject({ hasFirstPassword: false });
  expect(await findCurrentMember(db, there)).toBeNull();
  expect(await startSession({ db, keys }, signIn, null)).toEqual({ outcome: "unknown" });
  expect(
    await startSession({ db, keys }, { ...signIn, password: newPassword }, null),
  ).toMatchObject({
    outcome: "started",
  });
  const where = { organizationId: ctx.organizationId, action: "member.change-own-password" };
  expect(await db.prisma.auditEntry.findMany({ where })).toMatchObject([{ details: {} }]);
});

it("replaces a first password by the member's own", async () => {
  const { ctx, signIn, memberId } = await aMember();
  const { organizationId } = ctx;
  const where = { organizationId, id: memberId };
  await db.prisma.member.updateMany({ where, data: { hasFirstPassword: true } });
  const here = await aSession({ signIn });
  expect(await findCurrentMember(db, here)).toMatchObject({ hasFirstPassword: true });

  await changeOwnPassword(ctx, { password, newPassword, ...here });

  expect(await findCurrentMember(db, here)).toMatchObject({ hasFirstPassword: false });
});

it("changes nothing without the old password, and limits guesses at it", async () => {
  const { ctx, here } = await scene();
  const guess = { password: "a field of nettles", newPassword, ...here };

  const outcomes = await Promise.all(
    Array.from({ length: 12 }, () => changeOwnPassword(ctx, guess)),
  );

  expect(outcomes.filter((outcome) => outcome === "wrong")).toHaveLength(10);
  expect(outcomes.filter((outcome) => outcome === "throttled")).toHaveLength(2);
  expect(await changeOwnPassword(ctx, { ...guess, password })).toBe("throttled");
});

it("does not count those who know it", async () => {
  const { ctx, here } = await scene();
  for (let i = 0; i < 12; i++) {
    const easy = { password, newPassword: "password12345", ...here };
    expect(await changeOwnPassword(ctx, easy)).toBe("guessable");
  }
});

it("rejects a password made of the member’s e-mail or the organization’s name", async () => {
  const { ctx, signIn, here } = await scene();
  for (const known of [signIn.email, "TestTestTest"]) {
    expect(await changeOwnPassword(ctx, { password, newPassword: known, ...here })).toBe(
      "guessable",
    );
  }
});

it("accepts one of two concurrent changes", async () => {
  const { ctx, here } = await scene();
  const to = (newPassword: string) => changeOwnPassword(ctx, { password, newPassword, ...here });

  const outcomes = await Promise.all([to(newPassword), to("a bed of old roses")]);

  expect(outcomes.toSorted()).toEqual(["changed", "wrong"]);
});

it("changes nobody of another organization", async () => {
  const [{ ctx, here }, stranger] = [await scene(), await aMember()];
  const astray = { ...ctx, actor: stranger.ctx.actor };

  expect(await changeOwnPassword(astray, { password, newPassword, ...here })).toBe("wrong");
  expect(await startSession({ db, keys }, stranger.signIn, null)).toMatchObject({
    outcome: "started",
  });
});

it("refuses actors that are not members", async () => {
  const { ctx, here } = await scene();
  const job = { ...ctx, actor: { type: "job", name: "registry.sync" } } as const;

  await expect(changeOwnPassword(job, { password, newPassword, ...here })).rejects.toMatchObject({
    code: "forbidden",
  });
});

const findSettings = (id: string) =>
  db.prisma.member.findFirstOrThrow({
    where: { id },
    select: { locale: true, zone: true, theme: true, hasSingleKeys: true },
  });

it("changes what is said, and leaves the rest", async () => {
  const { ctx, memberId } = await aMember();

  await changeOwnSettings(ctx, { locale: "ru", zone: "Europe/Moscow", hasSingleKeys: false });
  await changeOwnSettings(ctx, { theme: "dark" });

  expect(await findSettings(memberId)).toEqual({
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

  expect(await findSettings(stranger.memberId)).toMatchObject({ theme: "auto" });
});

it("refuses actors that are not members", async () => {
  const { ctx } = await aMember();
  const job = { ...ctx, actor: { type: "job", name: "registry.sync" } } as const;

  await expect(changeOwnSettings(job, { theme: "dark" })).rejects.toMatchObject({
    code: "forbidden",
  });
});

it("refuses a password that is in the operator's list of stolen ones", async () => {
  const { ctx, here } = await scene();
  const breachedPasswords = path.join(aFolder(), "stolen.txt");
  const sha1 = createHash("sha1").update("a bed of very old roses").digest("hex");
  writeFileSync(breachedPasswords, `${sha1.toUpperCase()}:3\n`);
  const change = (chosen: string) =>
    changeOwnPassword({ ...ctx, breachedPasswords }, { password, newPassword: chosen, ...here });
  expect(await change("a bed of very old roses")).toBe("breached");
  expect(await change(newPassword)).toBe("changed");
});
