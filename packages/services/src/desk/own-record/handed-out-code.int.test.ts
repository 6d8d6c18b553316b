import { randomUUID } from "node:crypto";
import { PurposeKey } from "@ringfence/core/account/purpose";
import { anyCalls } from "@ringfence/core/do-not-call/call-preference";
import { anOrganization } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { complain } from "../../../testing/complaints.ts";
import { aMember } from "../../../testing/members.ts";
import { aCode } from "../../../testing/person-codes.ts";
import { as, db } from "../../../testing/scenes.ts";
import { screenCall } from "../../calling/screening/screen-call.ts";
import { readContact } from "../contact/read-contact.ts";
import { readNumber } from "../number/read-number.ts";
import { chooseCallPreferences } from "./choose-preferences.ts";
import { declineTopics } from "./decline-topics.ts";
import { copyOwnData } from "./copy-own-data.ts";
import { downloadOwnRecord } from "./download-own-record.ts";
import { handOutCode, openByHandedCode, printCode } from "./handed-out-code.ts";
import { createCode } from "../../platform/keys/links-and-codes.ts";
import {
  bindPersonCode,
  confirmPersonCode,
  openOwnRecord,
  revivePersonCodes,
} from "./person-code.ts";
import { readOwnRecord } from "./read-own-record.ts";
import { ContactId } from "@ringfence/core/ids";

async function scene() {
  const made = await aCode();
  const { office, visitor, phone, phoneId } = made;
  const type = (code: string, number: string = phone) =>
    openByHandedCode(visitor, { phone: number, code });
  const open = async (code: string) => {
    const { link } = await type(code);
    const opened = await openOwnRecord(visitor, link ?? "");
    if (opened === null) throw new Error("the code opened nothing");
    return opened.ctx;
  };
  const change = (id: string, data: object) =>
    db.prisma.personCode.updateMany({ where: { id }, data });
  const { ctx: agent, memberId: agentId } = await aMember({ role: "agent", of: { ctx: office } });
  const { ctx: officer, memberId: officerId } = await aMember({ of: { ctx: office } });
  return { ...made, agent, agentId, officer, officerId, type, open, change, ask: { phoneId } };
}

const wrong = (code: string) => (code === "000000" ? "000001" : "000000");
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);

it("opens the record once by a code that was read aloud, and the trail says who gave it", async () => {
  const { office, agent, agentId, ask, open, type, phoneId } = await scene();
  const { id, code } = await handOutCode(agent, ask);

  const person = await open(code);

  expect(person.actor).toEqual({ type: "person", phoneId, code: "spoken" });
  expect((await readOwnRecord(person, {})).consents).toHaveLength(1);
  expect(await type(code)).toEqual({ link: null });
  const where = { organizationId: office.organizationId, phoneId };
  const trail = await db.prisma.auditEntry.findMany({ where, orderBy: { id: "asc" } });
  expect(trail).toMatchObject(
    expect.arrayContaining([
      expect.objectContaining({
        action: "person-code.hand-out",
        actor: { type: "member", id: agentId },
        details: { codeId: id, means: "spoken" },
      }),
      expect.objectContaining({
        action: "own-record.ask",
        details: { codeId: id, means: "spoken", memberId: agentId },
      }),
    ]),
  );
});

it("compares a guess only with the newest code of each kind, however many rows somebody inserted", async () => {
  const { officer, officerId, office, ask, phoneId, open, type } = await scene();
  const { organizationId, keys } = office;
  const row = { organizationId, phoneId, means: "letter", handedOutBy: officerId, locale: "en" };
  const older = { ...row, id: randomUUID() };
  const createdAt = minutesAgo(5);
  await db.prisma.personCode.create({ data: { ...older, createdAt, sentAt: createdAt } });
  const { code } = await printCode(officer, ask);
  await db.prisma.personCode.updateMany({ where: { id: older.id }, data: { attempts: 0 } });

  expect(await type(createCode(keys, "person code", bindPersonCode(older)))).toEqual({
    link: null,
  });
  await expect(open(code)).resolves.toMatchObject({ actor: { code: "letter" } });
});

it("shows the giver of a spoken code neither complaints nor the file, and a letter both", async () => {
  const { office, agent, officer, ask, open, phoneId } = await scene();
  await complain({ ...office, actor: { type: "person", phoneId } as const });

  const byVoice = await open((await handOutCode(agent, ask)).code);
  expect((await readOwnRecord(byVoice, {})).complaints).toEqual([]);
  await expect(downloadOwnRecord(byVoice)).rejects.toMatchObject({ code: "forbidden" });
  const portable = copyOwnData(byVoice, { locale: "en" });
  await expect(portable).rejects.toMatchObject({ code: "forbidden" });

  const byLetter = await open((await printCode(officer, ask)).code);
  expect((await readOwnRecord(byLetter, {})).complaints).toHaveLength(1);
  expect((await downloadOwnRecord(byLetter)).complaints).toHaveLength(1);
});

it("is printed only for an officer who proved who they are", async () => {
  const { officer, ask } = await scene();
  const unproven = { ...officer, actor: { ...officer.actor, isProven: false } };
  await expect(printCode(unproven, ask)).rejects.toMatchObject({ code: "proof-needed" });
});

it("reads and refuses, and takes back nothing that the person refused", async () => {
  const { office, agent, ask, open, phone, phoneId } = await scene();
  const proven = { ...office, actor: { type: "person", phoneId, code: "sms" } as const };
  await chooseCallPreferences(proven, { ...anyCalls, refusedDialers: ["predictive"] });

  const person = await open((await handOutCode(agent, ask)).code);
  await chooseCallPreferences(person, anyCalls);
  await declineTopics(person, { topics: [PurposeKey.parse("survey")] });

  const listReasons = async (call: { purpose: string; dialer?: "predictive" }) =>
    (await screenCall(office, { phone, ...call })).refusals.map(({ reason }) => reason);
  expect(await listReasons({ purpose: "marketing", dialer: "predictive" })).toContain(
    "dialer-refused",
  );
  expect(await listReasons({ purpose: "survey" })).toContain("opted-out");
  const { timeline } = await readNumber(agent, { phoneId, limit: 10 });
  expect(timeline.events).toMatchObject(
    expect.arrayContaining([
      expect.objectContaining({ by: { type: "person", name: null, handedOut: "spoken" } }),
    ]),
  );
});

it.each([
  ["was removed", { removedAt: new Date() }],
  ["was shut out by the identity provider", { accessEndedAt: new Date() }],
  ["has a role that hands out no codes", { role: "auditor" as const }],
  ["works for some sellers only", { sellerIds: [randomUUID()] }],
])("opens nothing once the member who handed it out %s", async (_, change) => {
  const { office, visitor, agent, officer, ask, type } = await scene();
  const { link } = await type((await handOutCode(agent, ask)).code);
  const letter = await printCode(officer, ask);
  expect(await openOwnRecord(visitor, link ?? "")).not.toBeNull();

  await db.prisma.member.updateMany({
    where: { organizationId: office.organizationId },
    data: change,
  });

  expect(await openOwnRecord(visitor, link ?? "")).toBeNull();
  expect(await type(letter.code)).toEqual({ link: null });
});

it("opens no letter of an officer who has become an agent", async () => {
  const { office, agent, officer, ask, type } = await scene();
  const letter = await printCode(officer, ask);
  await db.prisma.member.updateMany({
    where: { organizationId: office.organizationId },
    data: { role: "agent" },
  });
  expect(await type(letter.code)).toEqual({ link: null });
  expect(await type((await handOutCode(agent, ask)).code)).not.toEqual({ link: null });
});

it("opens nothing once its row says that it came by text message or from somebody else", async () => {
  const { visitor, agent, officerId, ask, type } = await scene();
  const { id, code } = await handOutCode(agent, ask);
  const { link } = await type(code);
  const where = { id };
  const row = await db.prisma.personCode.findFirstOrThrow({ where });
  const forgeries = [{ means: "sms", handedOutBy: null }, { handedOutBy: officerId }];
  for (const forged of forgeries) {
    await expect(db.prisma.personCode.updateMany({ where, data: forged })).rejects.toThrow(
      /never replaced/,
    );
    await db.prisma.personCode.deleteMany({ where });
    await db.prisma.personCode.create({ data: { ...row, ...forged } });
    expect(await openOwnRecord(visitor, link ?? "")).toBeNull();
    await db.prisma.personCode.updateMany({ where, data: { openedAt: null } });
    expect(await confirmPersonCode(visitor, { id, code })).toBeNull();
    expect(await type(code)).toEqual({ link: null });
  }
});

it("stops guessing after five attempts, also concurrent ones, and needs the right number", async () => {
  const { agent, ask, type, visitor } = await scene();
  const { code } = await handOutCode(agent, ask);
  expect(await type(code, "+12015550199")).toEqual({ link: null });
  expect(await type("123456", "12")).toMatchObject({ fault: { key: expect.any(String) } });
  const elsewhere = { ...visitor, organizationId: await anOrganization(db) };
  expect(await openByHandedCode(elsewhere, { phone: "+12015550199", code })).toEqual({
    link: null,
  });
  await Promise.all([1, 2, 3, 4, 5].map(() => type(wrong(code))));
  expect(await type(code)).toEqual({ link: null });
});

it("ends a spoken code after a quarter of an hour, and a letter's after 30 days", async () => {
  const { agent, officer, ask, type, open, change } = await scene();
  const spoken = await handOutCode(agent, ask);
  await change(spoken.id, { createdAt: minutesAgo(16) });
  expect(await type(spoken.code)).toEqual({ link: null });
  const letter = await printCode(officer, ask);
  await change(letter.id, { createdAt: minutesAgo(60 * 24 * 30 + 1) });
  expect(await type(letter.code)).toEqual({ link: null });
  await change(letter.id, { createdAt: minutesAgo(60 * 24 * 29) });
  expect((await open(letter.code)).actor).toMatchObject({ code: "letter" });
});

it("is never sent to the phone, and is not typed as if it had been", async () => {
  const { agent, ask, visitor, messages } = await scene();
  const { id, code } = await handOutCode(agent, ask);
  expect(await confirmPersonCode(visitor, { id, code })).toBeNull();
  await revivePersonCodes(db);
  const where = { id, means: "spoken", sentAt: { not: null } };
  expect(await db.prisma.personCode.count({ where })).toBe(1);
  expect(messages).toHaveLength(1);
});

it("hands out three codes a day for a phone and twenty by a member, and a new one ends the last", async () => {
  const { agent, agentId, officer, ask, type, change, office } = await scene();
  const first = await handOutCode(agent, ask);
  const second = await handOutCode(agent, ask);
  expect(await type(first.code)).toEqual({ link: null });
  await printCode(officer, ask);
  await expect(handOutCode(agent, ask)).rejects.toMatchObject({
    explanation: { key: "person-code.too-many" },
  });
  const { organizationId } = office;
  const other = await db.prisma.phone.create({ data: { organizationId, e164: "+12015550188" } });
  await change(second.id, { createdAt: minutesAgo(60 * 25) });
  await db.prisma.personCode.createMany({
    data: Array.from({ length: 19 }, () => ({
      organizationId,
      phoneId: other.id,
      locale: "en",
      createdAt: new Date(),
      means: "spoken",
      handedOutBy: agentId,
    })),
  });
  await expect(handOutCode(agent, ask)).rejects.toMatchObject({
    explanation: { key: "person-code.too-many-of-member" },
  });
});

it("is for members who may, and a letter for officers", async () => {
  const { office, agent, ask } = await scene();
  const forbidden = { code: "forbidden" };
  await expect(printCode(agent, ask)).rejects.toMatchObject(forbidden);
  await expect(handOutCode(as(office, "marketer"), ask)).rejects.toMatchObject(forbidden);
  await expect(handOutCode(as(office, "auditor"), ask)).rejects.toMatchObject(forbidden);
});

it("shows colleagues who handed out codes, and whether they were used", async () => {
  const { office, agent, officer, ask, open, phoneId } = await scene();
  const { organizationId } = office;
  const now = new Date();
  const { id } = await db.prisma.contact.create({
    data: {
      organizationId,
      createdAt: now,
      updatedAt: now,
      phones: { create: { phoneId } },
    },
  });
  await open((await handOutCode(agent, ask)).code);
  await printCode(officer, ask);
  const { handedOut } = await readContact(office, ContactId.parse(id));
  expect(handedOut).toMatchObject([
    { means: "letter", openedAt: null },
    { means: "spoken", openedAt: expect.any(Date) },
  ]);
});
