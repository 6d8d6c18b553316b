import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { FLOOD, aPublicPage, someNumbers } from "../../../testing/floods.ts";
import { as, db } from "../../../testing/scenes.ts";
import { aVisitor, aWorkingVisitor, anAddress } from "../../../testing/visitors.ts";
import { createWebhook } from "../endpoint/webhook.ts";
import { readOptOutChoices } from "../stop-page/stop-page.ts";
import { findRefusalReasons } from "../../../testing/corrections.ts";
import { listNeeds } from "../../desk/today/list-needs.ts";

it("marks the opt-outs of a script as one burst, and keeps them in force", async () => {
  const { officer, insertRequests, sendAll, bursts, organizationId } = await aPublicPage();
  const [address, phones] = [anAddress(), someNumbers(20)];
  await insertRequests(50, { address, seconds: 0 });
  await sendAll(phones, address);
  expect(await db.prisma.optOut.count({ where: { organizationId } })).toBe(20);
  const [burst, ...others] = await bursts();
  expect(others).toEqual([]);
  expect(burst?.refusals).toHaveLength(70);
  expect(await findRefusalReasons(officer, phones[0] ?? "")).toContain("opted-out");
  expect(await findRefusalReasons(officer, phones[19] ?? "")).toContain("opted-out");
});

it("marks no burst when an office shares one address", async () => {
  const { insertRequests, bursts, refuse } = await aPublicPage();
  const address = anAddress();
  await insertRequests(59, { address, seconds: 0 });
  await refuse(aNumber(), aVisitor(address));
  expect(await bursts()).toEqual([]);
});

it("marks a flood that stays below the rate per minute for an hour", async () => {
  const { insertRequests, refuse, bursts } = await aPublicPage();
  const address = anAddress();
  await insertRequests(299, { address, seconds: 10 });
  await refuse(aNumber(), aVisitor(address), 2_990);
  expect(await bursts()).toEqual([]);
  await refuse(aNumber(), aVisitor(address), 3_000);
  const [burst, ...others] = await bursts();
  expect(others).toEqual([]);
  expect(burst?.refusals).toHaveLength(301);
});

it("ends a burst after ten minutes without a request", async () => {
  const { flood, refuse, bursts } = await aPublicPage();
  const { address } = await flood();
  await refuse(aNumber(), aVisitor(address), 599);
  await refuse(aNumber(), aVisitor(address), 599 + 601);
  const [burst, ...others] = await bursts();
  expect(others).toEqual([]);
  expect(burst?.refusals).toHaveLength(FLOOD + 1);
});

it("counts all IPv6 addresses of one customer together, and those of another customer apart", async () => {
  const { flood, insertRequests, bursts, refuse } = await aPublicPage();
  await insertRequests(FLOOD - 4, { address: "2001:db8:77:1::1", seconds: 0 });
  for (const host of [":2", ":a", ":ffff", "1:2:3:4"]) {
    await refuse(aNumber(), aVisitor(`2001:db8:77:1:${host}`));
  }
  await refuse(aNumber(), aVisitor("2001:db8:77:2::1"));
  const [burst, ...others] = await bursts();
  expect(others).toEqual([]);
  expect(burst?.refusals).toHaveLength(FLOOD);
  await flood();
  expect(await bursts()).toHaveLength(2);
});

it("marks a flood that changes its address with every request", async () => {
  const { insertRequests, refuse, bursts } = await aPublicPage();
  await insertRequests(299, { seconds: 0.1 });
  await refuse(aNumber(), aVisitor(), 30);
  expect(await bursts()).toEqual([]);
  await refuse(aNumber(), aVisitor(), 30);
  const [burst, ...others] = await bursts();
  expect(others).toEqual([]);
  expect(burst).toMatchObject({ addressKey: null });
  expect(burst?.refusals).toHaveLength(301);
});

it("leaves a visitor with a proof of work out of a burst from the same address", async () => {
  const { page, flood, refuse, bursts } = await aPublicPage();
  const { address } = await flood();
  const { challenge } = await readOptOutChoices(page);
  const visitor = aWorkingVisitor(challenge, address);
  expect(await refuse(aNumber(), visitor)).toMatchObject({ receipt: expect.any(String) });
  expect(await refuse(aNumber(), aVisitor(address))).toEqual({ receipt: null });
  const [burst] = await bursts();
  expect(burst?.refusals).toHaveLength(FLOOD + 1);
  expect(burst?.refusals.some(({ refusal }) => refusal.hasProof)).toBe(false);
});

it("counts a proof once, and only a real one of this organization, but records every opt-out", async () => {
  const { page, refuse, organizationId } = await aPublicPage();
  const other = await aPublicPage(); // another organization
  const { challenge } = await readOptOutChoices(page);
  const visitor = aWorkingVisitor(challenge);
  const foreign = aWorkingVisitor((await readOptOutChoices(other.page)).challenge);
  const [id = "", , mac = ""] = challenge?.split(".") ?? [];
  const longer = aWorkingVisitor(`${id}.${Date.now() + 1e12}.${mac}`);
  const made = { address: anAddress(), work: { challenge: "a.b.c", nonce: "1" } };
  for (const one of [visitor, visitor, foreign, longer, made]) await refuse(aNumber(), one);
  const rows = await db.prisma.anonymousRefusal.findMany({
    where: { organizationId },
    orderBy: { id: "asc" },
  });
  expect(rows.map(({ hasProof }) => hasProof)).toEqual([true, false, false, false, false]);
  expect(await db.prisma.optOut.count({ where: { organizationId } })).toBe(5);
});

it("counts a challenge once, however it is written", async () => {
  const { page, refuse, organizationId } = await aPublicPage();
  const text = (await readOptOutChoices(page)).challenge ?? "";
  const spellings = [`${text}.again`, `${text}=`, `${text.slice(0, -1)}${nextLetter(text.at(-1))}`];
  for (const spelling of [text, ...spellings]) await refuse(aNumber(), aWorkingVisitor(spelling));
  const rows = await db.prisma.anonymousRefusal.findMany({
    where: { organizationId },
    orderBy: { id: "asc" },
  });
  expect(rows.map(({ hasProof }) => hasProof)).toEqual([true, false, false, false]);
});

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** The last letter of a MAC of 16 bytes has two bits that count: the next one spells the same bytes. */
const nextLetter = (letter = "") => LETTERS[LETTERS.indexOf(letter) + 1];

it("stores no address, and no key of an address that two organizations share", async () => {
  const [mine, theirs] = [await aPublicPage(), await aPublicPage()];
  for (const { refuse } of [mine, theirs]) await refuse(aNumber(), aVisitor("198.51.100.7"));
  const keys = await db.prisma.anonymousRefusal.findMany({
    where: { organizationId: { in: [mine.organizationId, theirs.organizationId] } },
  });
  const [first, second] = keys.map(({ addressKey }) => Buffer.from(addressKey));
  expect(first).toHaveLength(32);
  expect(first?.equals(second ?? Buffer.of())).toBe(false);
});

it("alarms officers once: on Today, by mail and through endpoints", async () => {
  const { officer, flood, organizationId, bursts } = await aPublicPage();
  const events = ["opt-out.burst"] as const;
  await createWebhook(as(officer, "owner"), {
    reason: "The dialer keeps its own list.",
    name: "SIEM",
    url: "https://siem.example/",
    events: [...events],
  });
  const { id: memberId } = await db.prisma.member.create({
    data: {
      organizationId,
      email: "ada@example.com",
      name: "Ada",
      role: "officer",
      passwordHash: "",
    },
  });
  await flood();
  const [burst] = await bursts();
  const told = await db.prisma.delivery.findMany({ where: { organizationId } });
  expect(told).toMatchObject([{ event: "opt-out.burst", subjectId: burst?.id }]);
  const { rows } = await db.pool.query(
    "SELECT FROM graphile_worker.jobs WHERE task_identifier = 'burst-alarm.send' AND key = $1",
    [`${burst?.id} ${memberId}`],
  );
  expect(rows).toHaveLength(1);
  expect(await listNeeds(officer)).toMatchObject([{ kind: "bursts-open", when: "now", count: 1 }]);
});

it("does not mark a first opt-out as a repeat, however fast opt-outs arrive", async () => {
  const { insertRequests, sendAll, organizationId } = await aPublicPage();
  const [address, phones] = [anAddress(), someNumbers(20)];
  await insertRequests(50, { address, seconds: 0 });
  await sendAll(phones, address);
  await sendAll(phones.slice(-2), address);
  const entries = await db.prisma.auditEntry.findMany({
    where: { organizationId, action: "opt-out.record" },
    orderBy: { id: "asc" },
  });
  const isRepeat = entries.map(({ details }) => Object(details).isRepeat);
  expect(isRepeat).toEqual([...Array(20).fill(false), true, true]);
});
