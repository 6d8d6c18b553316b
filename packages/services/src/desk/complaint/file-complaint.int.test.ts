import { aNumber, aSeller, anOrganization } from "@ringfence/db/testing";
import { SellerId } from "@ringfence/core/ids";
import { FileComplaint, MakeComplaint, ReceiveComplaint } from "@ringfence/core/desk/complaint";
import { describe, expect, it } from "vitest";
import { aCalledPerson, complain, file } from "../../../testing/complaints.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { recordContacts } from "../../people/contact/index.ts";
import { listQuestions } from "../../do-not-call/inbound/index.ts";
import type { RootContext } from "../../platform/context.ts";
import { fileComplaint, makeComplaint, receiveComplaint } from "./file-complaint.ts";
import { listComplaints } from "./list-complaints.ts";

const text = "They called at six in the morning.";

const onRecord = ({ organizationId }: RootContext) =>
  db.prisma.complaint.findMany({ where: { organizationId }, orderBy: { id: "asc" } });
const optOuts = ({ organizationId }: RootContext) =>
  db.prisma.optOut.findMany({ where: { organizationId }, orderBy: { id: "asc" } });
const list = async (ctx: RootContext) => (await listComplaints.receive(ctx, {})).items;

it("records a complaint that an agent takes down, and who took it down", async () => {
  const { office, phone } = await aCalledPerson();
  const id = await file(as(office, "agent"), { phone, text });
  expect(await onRecord(office)).toMatchObject([
    { id, text, source: "agent", recordedBy: { type: "member", id: "bob" } },
  ]);
  const { organizationId } = office;
  const entry = await db.prisma.auditEntry.findFirst({
    where: { organizationId, action: "complaint.file" },
  });
  expect(entry).toMatchObject({ actor: { id: "bob" }, details: { complaintId: id } });
  expect(JSON.stringify(entry)).not.toContain(phone);
});

it("lets roles that talk to people file complaints, and lets no agent read them", async () => {
  const ctx = await aContext();
  const phone = aNumber();
  for (const role of ["owner", "officer", "marketer", "agent"] as const) {
    expect(await file(as(ctx, role), { phone })).toBeTruthy();
  }
  for (const role of ["auditor", "developer"] as const) {
    await expect(file(as(ctx, role), { phone })).rejects.toMatchObject({ code: "forbidden" });
  }
  await expect(list(as(ctx, "agent"))).rejects.toMatchObject({ code: "forbidden" });
});

it("rejects an invalid number and a day in the future", async () => {
  const ctx = await aContext();
  await expect(file(ctx, { phone: "Anna" })).rejects.toMatchObject({
    code: "invalid",
    path: "/phone",
  });
  const called = { day: "2999-01-01" };
  await expect(file(ctx, { phone: aNumber(), called })).rejects.toMatchObject({
    path: "/called",
    explanation: { key: "complaint.called-later" },
  });
});

it("leaves the person room to complain, however many complaints members file for them", async () => {
  const { office, person, phone } = await aCalledPerson();
  const agent = as(office, "agent");
  const outcomes = await Promise.allSettled(
    Array.from({ length: 12 }, () => file(agent, { phone })),
  );
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(10);
  expect(await complain(person, { text: "And again!" })).toBeTruthy();
});

it("accepts ten open complaints about a number, and no more", async () => {
  const { person } = await aCalledPerson();
  const outcomes = await Promise.allSettled(Array.from({ length: 12 }, () => complain(person)));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(10);
});

it("never turns away letters", async () => {
  const ctx = await aContext();
  const phone = aNumber();
  for (let count = 0; count < 11; count++) await file(ctx, { phone, source: "mail" });
  expect(await onRecord(ctx)).toHaveLength(11);
});

it("is visible in no other organization", async () => {
  const [mine, theirs] = [await aContext(), await aContext()]; // another organization
  await file(mine, { phone: aNumber() });
  expect(await list(theirs)).toEqual([]);
});

it("accepts no call of another person or organization, and is refused to members", async () => {
  const [mine, theirs] = [await aCalledPerson(), await aCalledPerson()];
  const { callId } = theirs;
  const notFound = { code: "not-found" };
  await expect(complain(mine.person, { callId })).rejects.toMatchObject(notFound);
  const other = { ...theirs.person, organizationId: await anOrganization(db) };
  await expect(complain(other, { callId })).rejects.toMatchObject(notFound);
  await expect(makeComplaint.receive(mine.office, { text })).rejects.toMatchObject({
    code: "forbidden",
  });
});

describe("a refusal in a complaint", () => {
  it("is in force with the complaint, with the channel by which it came", async () => {
    const { office, person, phone } = await aCalledPerson();
    const filed = await makeComplaint(person, MakeComplaint.parse({ text, refusesCalls: true }));
    expect(filed.optOut?.reference).toMatch(/^[A-Z\d]{8}$/);
    await file(office, {
      phone: aNumber(),
      source: "regulator",
      regulator: { authority: "ICO" },
      refusesCalls: true,
    });
    expect(await optOuts(office)).toMatchObject([
      { scope: "all", channel: "web", reference: filed.optOut?.reference },
      { scope: "all", channel: "regulator" },
    ]);
    expect(phone).not.toBe("");
  });

  it("is recorded even if too many complaints are open", async () => {
    const { office, person } = await aCalledPerson();
    for (let count = 0; count < 10; count++) await complain(person);
    const full = await makeComplaint(person, MakeComplaint.parse({ text, refusesCalls: true }));
    expect(full).toMatchObject({ fault: { key: "complaint.too-many-refused" } });
    expect(full.id).toBeUndefined();
    expect(await onRecord(office)).toHaveLength(10);
    expect(await optOuts(office)).toMatchObject([{ reference: full.optOut?.reference }]);
  });

  it("is not recorded if the complaint fails", async () => {
    const { office } = await aCalledPerson();
    const said = { phone: aNumber(), refusesCalls: true, called: { day: "2999-01-01" } };
    await expect(file(office, said)).rejects.toMatchObject({ code: "invalid-field" });
    expect(await optOuts(office)).toEqual([]);
  });
});

describe("a regulator's letter", () => {
  const regulator = { authority: "ICO", reference: "ENF-1", answerBy: "2099-05-04" };

  it("sets the deadline, to the end of the day that it names", async () => {
    const ctx = await aContext();
    await file(ctx, { phone: aNumber(), source: "regulator", regulator });
    expect(await onRecord(ctx)).toMatchObject([
      {
        regulator: "ICO",
        regulatorReference: "ENF-1",
        dueAt: new Date("2099-05-04T23:59:59.999Z"),
        dueRule: "regulator",
      },
    ]);
  });

  it("has the deadline of the law if it names no day, and none in the past", async () => {
    const ctx = await aContext();
    const phone = "+442071838750";
    const { answerBy: _, ...undated } = regulator;
    await file(ctx, { phone, source: "regulator", regulator: undated });
    expect(await onRecord(ctx)).toMatchObject([{ dueRule: "GB.dpa.complaint" }]);
    const past = { ...regulator, answerBy: "2020-01-01" };
    await expect(file(ctx, { phone, source: "regulator", regulator: past })).rejects.toMatchObject({
      path: "/regulator/answerBy",
    });
  });

  it("is not open to agents, and always names the regulator", async () => {
    const ctx = await aContext();
    const said = { phone: aNumber(), text, source: "regulator" };
    await expect(
      fileComplaint.receive(as(ctx, "agent"), { ...said, regulator }),
    ).rejects.toMatchObject({ code: "forbidden" });
    expect(FileComplaint.safeParse(said).success).toBe(false);
    expect(FileComplaint.safeParse({ ...said, source: "mail", regulator }).success).toBe(false);
  });
});

describe("the deadline", () => {
  const due = async (ctx: RootContext, phone: string) => {
    const id = await file(ctx, { phone });
    return (await onRecord(ctx)).find((row) => row.id === id)?.dueRule;
  };

  it("follows the law of the number and of the address", async () => {
    const ctx = await aContext();
    expect(await due(ctx, "+4915112345678")).toBe("EU.gdpr.request");
    const phone = aNumber();
    expect(await due(ctx, phone)).toBe("own"); // a US number
    await recordContacts(ctx, {
      rows: [{ externalId: "a", phones: [phone], addressRegion: "DE-BE" }],
    });
    expect(await due(ctx, phone)).toBe("EU.gdpr.request");
  });

  it("is the organization's own number of days where no law is known", async () => {
    const ctx = await aContext();
    const { organizationId } = ctx;
    await db.prisma.organization.update({
      where: { id: organizationId },
      data: { complaintDays: 5 },
    });
    await file(ctx, { phone: aNumber() });
    const [row] = await onRecord(ctx);
    const days = (Number(row?.dueAt) - Number(row?.receivedAt)) / 86_400_000;
    expect(days).toBeGreaterThan(5);
    expect(days).toBeLessThanOrEqual(6);
  });
});

describe("a complaint from another system", () => {
  const key = async (sellers: readonly string[] = []) => {
    const ctx = await aContext();
    const sellerIds = [];
    for (const name of sellers) {
      sellerIds.push(SellerId.parse(await aSeller(db, ctx.organizationId, name)));
    }
    const [first] = sellerIds;
    const actor = {
      type: "key",
      id: crypto.randomUUID(),
      scopes: ["complaints:write"],
      sellerIds: first === undefined ? [] : [first],
    } as const;
    return { ...ctx, actor };
  };
  const received = (ctx: RootContext, said: object) =>
    receiveComplaint(ctx, ReceiveComplaint.parse({ text, ...said }));

  it("is recorded once per external id, with its opt-out, even if it is sent twice at once", async () => {
    const ctx = await key();
    const said = { phone: aNumber(), externalId: "crm-1", refusesCalls: true };
    const [one, two] = await Promise.all([received(ctx, said), received(ctx, said)]);
    expect(two).toEqual(one);
    expect(await onRecord(ctx)).toHaveLength(1);
    expect(await optOuts(ctx)).toHaveLength(1);
    expect(await received(ctx, { ...said, externalId: "crm-2" })).not.toMatchObject({ id: one.id });
  });

  it("names the opt-out in the case once if the complaint refuses calls only when it is sent again", async () => {
    const ctx = await key();
    const said = { phone: aNumber(), externalId: "crm-1" };
    const first = await received(ctx, { ...said, refusesCalls: false });
    expect(first.optOut).toBeNull();
    const again = await received(ctx, { ...said, refusesCalls: true });
    expect(again.id).toBe(first.id);
    await received(ctx, { ...said, refusesCalls: true });
    const events = await ctx.db.prisma.complaintEvent.findMany({
      where: { organizationId: ctx.organizationId },
      orderBy: { id: "asc" },
    });
    expect(events.map(({ kind, details }) => [kind, Object(details).optOutId])).toEqual([
      ["received", undefined],
      ["opted-out", again.optOut?.id],
    ]);
  });

  it.each([
    ["/seller", { seller: "nobody" }],
    ["/called", { called: { day: "2999-01-01" } }],
    ["/externalId", { externalId: "of-somebody-else" }],
  ])("loses no opt-out to a fault in %s", async (path, wrong) => {
    const ctx = await key();
    await received(ctx, { phone: aNumber(), externalId: "of-somebody-else" });
    const said = { phone: aNumber(), ...wrong };
    const answer = await received(ctx, { ...said, refusesCalls: true });
    expect(answer).toMatchObject({ path, fault: expect.anything() });
    expect(await optOuts(ctx)).toMatchObject([{ reference: answer.optOut?.reference }]);
    await expect(received(ctx, said)).rejects.toMatchObject({ code: "invalid-field", path });
    expect(await onRecord(ctx)).toHaveLength(1);
  });

  it("cannot name a seller for which the key does not work", async () => {
    const ctx = await key(["bank", "shop"]);
    const phone = aNumber();
    await expect(received(ctx, { phone, seller: "shop" })).rejects.toMatchObject({
      code: "forbidden",
    });
    expect(await received(ctx, { phone, seller: "bank" })).toHaveProperty("id");
    await expect(received(ctx, { phone, seller: "none" })).rejects.toMatchObject({
      path: "/seller",
    });
  });

  it("needs the scope", async () => {
    const ctx = await key();
    const other = { ...ctx, actor: { ...ctx.actor, scopes: ["opt-outs:write"] as const } };
    await expect(received(other, { phone: aNumber() })).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});

it("resolves the possible opt-out that it answers", async () => {
  const { office, phone, phoneId } = await aCalledPerson();
  const { organizationId } = office;
  const question = await db.prisma.refusalQuestion.create({
    data: {
      organizationId,
      phoneId,
      channel: "email",
      text: "Why do you call me?",
      receivedAt: new Date(),
      actor: {},
    },
  });
  const said = { phone, source: "mail", question: question.id, refusesCalls: true } as const;
  await expect(file(as(office, "agent"), { ...said, source: "agent" })).rejects.toMatchObject({
    code: "forbidden",
  });
  await file(office, said);
  expect((await listQuestions(office)).items).toEqual([]);
  expect(await optOuts(office)).toMatchObject([{ channel: "email", phoneId }]);
  await expect(file(office, said)).rejects.toMatchObject({ code: "not-found" });
});
