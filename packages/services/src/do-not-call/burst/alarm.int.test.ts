import { MemberId, RefusalBurstId } from "@ringfence/core/ids";
import { expect, it } from "vitest";
import { aPublicPage } from "../../../testing/floods.ts";
import { db } from "../../../testing/scenes.ts";
import type { RootContext } from "../../platform/context.ts";
import { dismissBurst } from "./decide.ts";
import { sendBurstAlarm } from "./alarm.ts";

async function anAlarm() {
  const page = await aPublicPage();
  const { organizationId, officer } = page;
  const { id } = await db.prisma.member.create({
    data: {
      organizationId,
      email: "ada@example.com",
      name: "Ada",
      role: "officer",
      passwordHash: "",
      locale: "en",
    },
  });
  await page.flood();
  const burstId = RefusalBurstId.parse((await page.bursts())[0]?.id);
  const mails: { to: string; subject: string; text: string }[] = [];
  const messageSender = { email: async (mail: (typeof mails)[number]) => void mails.push(mail) };
  const send = (by: RootContext = officer) =>
    sendBurstAlarm(
      {
        ...by,
        actor: { type: "job", name: "burst-alarm.send" },
        messageSender,
        publicUrl: "https://ringfence.example",
      },
      { burstId, memberId: MemberId.parse(id) },
    );
  return { ...page, memberId: id, burstId, mails, send };
}

it("mails an officer where to look, without a phone number or an address", async () => {
  const { send, mails, burstId } = await anAlarm();
  await send();
  expect(mails).toMatchObject([{ to: "ada@example.com" }]);
  expect(mails[0]?.text).toContain(`https://ringfence.example/opt-outs/bursts/${burstId}`);
  expect(mails[0]?.text).not.toMatch(/\+\d{5}|2001:db8/);
});

it("mails nothing about a burst that was settled, or one of another organization", async () => {
  const { officer, send, mails, burstId } = await anAlarm();
  await send((await aPublicPage()).officer);
  await dismissBurst(officer, { id: burstId });
  await send();
  expect(mails).toEqual([]);
});

it.each(["removedAt", "accessEndedAt"])("mails nothing to a member with %s", async (ended) => {
  const { memberId, send, mails } = await anAlarm();
  await db.prisma.member.updateMany({ where: { id: memberId }, data: { [ended]: new Date() } });
  await send();
  expect(mails).toEqual([]);
});
