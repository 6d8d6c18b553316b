import { MemberId, RegistryAlertId } from "@ringfence/core/ids";
import { expect, it } from "vitest";
import { aRegistryThatLists, numbersOf } from "../../../testing/registries.ts";
import { aContext, db } from "../../../testing/scenes.ts";
import { sendRegistryAlert } from "./send-registry-alert.ts";
import { updateRegistryAlerts } from "./watch-registries.ts";

type Mail = { to: string; subject: string; text: string };
const publicUrl = "https://rf.example";

async function scene(locale = "en") {
  const { ctx, organizationId, registryId } = await aRegistryThatLists(numbersOf(818, 3));
  const data = {
    email: "ada@acme.example",
    name: "Ada",
    role: "officer",
    passwordHash: "",
  } as const;
  const { id } = await db.prisma.member.create({ data: { ...data, organizationId, locale } });
  await db.pool.query(
    "UPDATE registry SET verified_at = clock_timestamp() - interval '40.5 days' WHERE id = $1",
    [registryId],
  );
  await updateRegistryAlerts(db);
  const alert = await db.prisma.registryAlert.findFirstOrThrow({ where: { organizationId } });
  const mails: Mail[] = [];
  const post = { email: async (mail: Mail) => void mails.push(mail) };
  const sending = { alertId: RegistryAlertId.parse(alert.id), memberId: MemberId.parse(id) };
  const sender = { ...ctx, actor: { type: "job", name: "registry-alert.send" } } as const;
  const send = (from: typeof ctx | typeof sender = sender) =>
    sendRegistryAlert(from, sending, { post, publicUrl });
  return { ctx, sender, organizationId, registryId, sending, post, mails, send };
}

it("says what is wrong, and where it is mended", async () => {
  const { send, mails, registryId } = await scene();
  await send();
  expect(mails).toMatchObject([
    {
      to: "ada@acme.example",
      subject: "National Do Not Call Registry: it is too old, and calls are refused",
    },
  ]);
  expect(mails[0]?.text).toContain("40 days ago, and may be 31 days old");
  expect(mails[0]?.text).toContain(`https://rf.example/registries/${registryId}`);
});

it("speaks the member's language", async () => {
  const { send, mails } = await scene("ru");
  await send();
  expect(mails[0]?.subject).toContain("устарел, звонки запрещены");
});

it("is silent about what is over by then", async () => {
  const { send, mails, organizationId } = await scene();
  await db.prisma.registryAlert.updateMany({
    where: { organizationId },
    data: { until: new Date() },
  });
  await send();
  expect(mails).toEqual([]);
});

it("writes to nobody who was removed by then", async () => {
  const { send, mails, sending } = await scene();
  const where = { id: sending.memberId };
  await db.prisma.member.updateMany({ where, data: { removedAt: new Date() } });
  await send();
  expect(mails).toEqual([]);
});

it("tells nobody of another organization, and is for its job alone", async () => {
  const { ctx, sending, post, mails, send } = await scene();
  const other = await aContext({ type: "job", name: "registry-alert.send" });
  await sendRegistryAlert(other, sending, { post, publicUrl });
  expect(mails).toEqual([]);
  await expect(send(ctx)).rejects.toMatchObject({ code: "forbidden" });
});
