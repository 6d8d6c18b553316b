import { OptOutId } from "@ringfence/core/ids";
import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aWrongRefusal, reasonsOf } from "../../../testing/corrections.ts";
import { recorded } from "../../../testing/opt-outs.ts";
import { erase } from "../../../testing/phones.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { listCorrections } from "./list-corrections.ts";
import { listOptOuts } from "./list-opt-outs.ts";
import { proposeCorrection } from "./propose-correction.ts";
import { optOut } from "./opt-out.ts";
import { refuseByLink } from "./refuse-by-link.ts";

const profiling = { profiling: true } as const;

it("leaves the number refused until another officer accepts, and refuses the right one at once", async () => {
  const { ctx, propose, reasons } = await aWrongRefusal();
  const rightPhone = aNumber();
  await propose({ rightPhone });
  expect(await reasons()).toEqual(["opted-out"]);
  expect(await reasonsOf(ctx, rightPhone)).toContain("opted-out");
});

it("refuses the right number what was refused, since it was said, by the same way", async () => {
  const at = new Date("2026-03-01T09:00:00Z");
  const said = { at, scope: { purpose: "marketing.loans" }, note: "Never again." };
  const { ctx, phoneId, propose } = await aWrongRefusal(said);
  await propose({ rightPhone: aNumber() });
  const { organizationId } = ctx;
  const rows = await db.prisma.optOut.findMany({
    where: { organizationId, phoneId: { not: phoneId } },
    include: { notes: true },
  });
  expect(rows).toMatchObject([
    { at, scope: "purpose", channel: "agent", notes: [{ text: "Never again." }] },
  ]);
});

it("is told to other officers while it waits, and asked for once", async () => {
  const { ctx, other, optOut, propose } = await aWrongRefusal();
  const { id } = await propose();
  await expect(propose()).rejects.toMatchObject({
    code: "conflict",
    explanation: { key: "opt-out.correction-open" },
  });
  expect((await listCorrections(other)).items).toMatchObject([
    { id, optOutId: optOut.id, reason: "One digit was misheard.", replacement: null, isOwn: false },
  ]);
  expect((await listCorrections(ctx)).items).toMatchObject([{ id, isOwn: true }]);
});

it("takes for the right number only another one", async () => {
  const { phone, propose } = await aWrongRefusal();
  const wrong = { code: "invalid", path: "/rightPhone" };
  await expect(propose({ rightPhone: "214" })).rejects.toMatchObject(wrong);
  await expect(propose({ rightPhone: phone })).rejects.toMatchObject(wrong);
});

it("is not for a refusal that the person has said again", async () => {
  const { ctx, phone, propose } = await aWrongRefusal({ channel: "web" });
  await optOut(ctx, { phone, channel: "web" }, { isClick: true });
  await expect(propose()).rejects.toMatchObject({
    code: "conflict",
    explanation: { key: "opt-out.correction-said-again" },
  });
});

it.each(["sms", "ivr", "link", "mail"] as const)(
  "is not for what came from the number itself, or by its own link: %s",
  async (by) => {
    const { ctx, phoneId, phone, reasons } = await aWrongRefusal();
    const job = { ...ctx, actor: { type: "job", name: "inbound", subjectId: phoneId } as const };
    const person = { ...ctx, actor: { type: "person", phoneId } as const };
    if (by === "sms" || by === "ivr") await recorded(job, { phone, channel: by });
    else await refuseByLink(person, { channel: by === "link" ? "web" : "email", scope: profiling });
    const { organizationId } = ctx;
    const { id } = await db.prisma.optOut.findFirstOrThrow({
      where: { organizationId, phoneId },
      orderBy: { id: "desc" },
    });
    const own = proposeCorrection(ctx, { optOut: OptOutId.parse(id), reason: "A wrong number." });
    await expect(own).rejects.toMatchObject({
      code: "conflict",
      explanation: { key: "opt-out.correction-persons-own" },
    });
    expect(await reasons()).toContain("opted-out");
  },
);

it("is for what a provider says by another way, and for what anybody typed on the page", async () => {
  const { ctx, phone } = await aWrongRefusal();
  const job = { ...ctx, actor: { type: "job", name: "inbound" } as const };
  const visit = { ...ctx, actor: { type: "visitor", page: "stop" } as const };
  await recorded(job, { phone, channel: "email" });
  await recorded(visit, { phone, channel: "web" });
  const rows = (await listOptOuts(ctx, { limit: 10 })).items;
  expect(rows).toHaveLength(3);
  for (const { id } of rows) {
    const asked = { optOut: OptOutId.parse(id), reason: "One digit was misheard." };
    expect(await proposeCorrection(ctx, asked)).toMatchObject({ id: expect.any(String) });
  }
});

it("is not for a number that was erased", async () => {
  const { ctx, phone, propose } = await aWrongRefusal();
  await erase(ctx, phone);
  await expect(propose()).rejects.toMatchObject({
    code: "conflict",
    explanation: { key: "opt-out.correction-erased" },
  });
});

it("is for officers", async () => {
  const { ctx, optOut } = await aWrongRefusal();
  for (const role of ["agent", "marketer", "auditor", "developer"] as const) {
    const asked = proposeCorrection(as(ctx, role), { optOut: optOut.id, reason: "Mine." });
    await expect(asked).rejects.toMatchObject({ code: "forbidden" });
  }
});

it("does not find a refusal of another organization", async () => {
  const [mine, theirs] = [await aContext(), await aContext()];
  const { id } = await recorded(theirs, { phone: aNumber(), channel: "agent" });
  const asked = proposeCorrection(mine, { optOut: id, reason: "Not mine." });
  await expect(asked).rejects.toMatchObject({ code: "not-found" });
});
