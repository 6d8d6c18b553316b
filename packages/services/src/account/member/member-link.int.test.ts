import { MemberLinkId } from "@ringfence/core/ids";
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { aFolder } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aMember } from "../../../testing/members.ts";
import { aContext, db, keys } from "../../../testing/scenes.ts";
import type { RootContext } from "../../platform/context.ts";
import { choosePasswordByLink, sendMemberLink } from "./member-link.ts";
import { resetMemberPassword } from "./manage-members.ts";

const publicUrl = "https://ringfence.example";

/** Creates a colleague whose link is to be mailed, and collects the mails. */
async function aMailedLink() {
  const owner = await aMember({ role: "owner" });
  const { memberId, signIn } = await aMember({ of: owner });
  await resetMemberPassword(owner.ctx, { memberId, canSendMail: true });
  const row = await db.prisma.memberLink.findFirstOrThrow({ where: { memberId } });
  const mails: { to: string; text: string }[] = [];
  const messageSender = {
    email: async (mail: { to: string; text: string }) => {
      mails.push(mail);
      await Promise.resolve();
    },
  };
  const send = (ctx: RootContext) =>
    sendMemberLink({ ...worker(ctx), messageSender, publicUrl }, MemberLinkId.parse(row.id));
  return { owner, memberId, signIn, mails, send };
}

const worker = (ctx: RootContext): RootContext => ({
  ...ctx,
  actor: { type: "job", name: "member-link.send" },
});

it("mails a link with which the member chooses a password and confirms their address", async () => {
  const { owner, memberId, signIn, mails, send } = await aMailedLink();
  await send(owner.ctx);
  expect(mails).toMatchObject([{ to: signIn.email }]);
  const [, link = ""] =
    /https:\/\/ringfence\.example\/join\/(\S+)/.exec(mails[0]?.text ?? "") ?? [];
  const newPassword = "a hill of dandelions";
  expect(await choosePasswordByLink({ db, keys }, { link, newPassword })).toBe("chosen");
  const events = await db.prisma.memberEvent.findMany({
    where: { memberId },
    orderBy: { id: "asc" },
  });
  expect(events).toMatchObject([
    { kind: "reset", isShown: false },
    { kind: "confirmed", actor: { id: memberId } },
  ]);
  await send(owner.ctx);
  expect(mails).toHaveLength(1); // it was used
});

it("is limited to its job, and finds no link of another organization", async () => {
  const { owner, mails, send } = await aMailedLink();
  await send(await aContext());
  expect(mails).toEqual([]);
  await expect(
    sendMemberLink(
      { ...owner.ctx, messageSender: { email: () => Promise.resolve() }, publicUrl },
      MemberLinkId.parse(owner.memberId),
    ),
  ).rejects.toMatchObject({ code: "forbidden" });
});

it("chooses no stolen password, and still works for another", async () => {
  const { owner, mails, send } = await aMailedLink();
  await send(owner.ctx);
  const [, link = ""] = /\/join\/(\S+)/.exec(mails[0]?.text ?? "") ?? [];
  const breachedPasswords = path.join(aFolder(), "stolen.txt");
  const sha1 = createHash("sha1").update("a hill of dandelions").digest("hex");
  writeFileSync(breachedPasswords, `${sha1.toUpperCase()}:3\n`);
  const choose = (newPassword: string) =>
    choosePasswordByLink({ db, keys, breachedPasswords }, { link, newPassword });
  expect(await choose("a hill of dandelions")).toBe("breached");
  expect(await choose("a row of tall thistles")).toBe("chosen");
});
