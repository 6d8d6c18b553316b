import { createHash, randomBytes } from "node:crypto";
import { plainMapping } from "@ringfence/core/do-not-call/registry";
import { Phone } from "@ringfence/core/people/phone";
import { expect, it } from "vitest";
import { aMember } from "../../../testing/members.ts";
import { aCallablePhone } from "../../../testing/phones.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import type { RootContext } from "../../platform/context.ts";
import { screenCall } from "../../calling/screening/index.ts";
import {
  attestRegistryAnswer,
  createRegistryQuestion,
  exportRegistryQuestion,
  listRegistryQuestions,
  reviewRegistryAnswer,
} from "./attested-answer.ts";
import { loadRegistryAnswers } from "./ask-registry.ts";
import { connectRegistry } from "./connect.ts";
import { disconnectRegistry, reconnectRegistry, reviewDisconnection } from "./disconnect.ts";
import { viewRegistry } from "./list.ts";
import { startDueReadings } from "./reading-schedule.ts";

const [free, listed] = [Phone.parse("+390655501001"), Phone.parse("+390655501002")];
const reason = "The letter is in our files.";
const today = () => new Date().toISOString().slice(0, 10);
const hash = (text: string) => createHash("sha256").update(text).digest("hex");

/** An organization with two Italian contacts, whose list is answered by attested answers, and two officers. */
async function scene() {
  const first = await aMember();
  const second = await aMember({ of: first });
  const { ctx } = first;
  for (const phone of [free, listed]) await aCallablePhone(ctx, { phone, region: "IT-RM" });
  await aCallablePhone(ctx, { phone: Phone.parse("+12125550142") });
  const { registryId, runId } = await connectRegistry(ctx, {
    code: "IT-RPO",
    name: "Registro Pubblico delle Opposizioni",
    format: { reader: "csv", mapping: plainMapping("IT") },
    source: { kind: "attested" },
    maxAgeDays: 15,
    maxShrinkShare: 0.02,
  });
  expect(runId).toBeNull();
  const { id: questionId, ...question } = await createRegistryQuestion(ctx, { registryId });
  const answer = {
    registryId,
    questionId,
    day: today(),
    numbers: question.numbers,
    sha256: question.sha256,
    listed: 1,
    listedNumbers: listed,
    operator: "Registro, reply of the portal no. 7",
  };
  const review = (ctx: RootContext, verdict: "accepted" | "rejected" = "accepted") =>
    reviewRegistryAnswer(ctx, { registryId, questionId, verdict, reason });
  const { organizationId } = ctx;
  const answers = () => db.prisma.registryAnswer.findMany({ where: { organizationId } });
  return { ctx, other: second.ctx, registryId, questionId, question, answer, review, answers };
}

it("is read on schedule from its first accepted answer on, and waits for that answer before", async () => {
  const { ctx, other, registryId, answer, review } = await scene();
  const awaited = async () => (await viewRegistry(ctx, registryId)).awaits;
  expect(await awaited()).toBe("answer");
  await attestRegistryAnswer(ctx, answer);
  expect(await awaited()).toBe("answer");
  await review(other);
  expect(await awaited()).toBeNull();
});

it("is read when it is reconnected only if it has an answer", async () => {
  const { ctx, other, registryId, answer, review } = await scene();
  const reconnect = async () => {
    await disconnectRegistry(ctx, { registryId, reason });
    const { id: disconnectionId } = await db.prisma.registryDisconnection.findFirstOrThrow({
      where: { registryId, status: "proposed" },
    });
    await reviewDisconnection(other, { registryId, disconnectionId, verdict: "accepted", reason });
    return reconnectRegistry(ctx, registryId);
  };
  expect(await reconnect()).toEqual({ runId: null });
  await attestRegistryAnswer(ctx, answer);
  await review(other);
  expect(await reconnect()).toEqual({ runId: expect.any(String) });
});

it("asks about the contacts of the places that require the list, and about nobody else", async () => {
  const { ctx, registryId, questionId, question } = await scene();
  const file = `${free}\n${listed}\n`;
  expect(question).toEqual({ numbers: 2, sha256: hash(file) });
  expect(await exportRegistryQuestion(ctx, { registryId, questionId })).toBe(file);
});

it("applies an answer once a second officer accepts it, and counts its age from the start of its day", async () => {
  const { ctx, other, registryId, answer, review, answers } = await scene();
  await attestRegistryAnswer(ctx, answer);
  expect(await answers()).toEqual([]);
  expect(await listRegistryQuestions(ctx, { registryId })).toMatchObject([
    { status: "attested", answer: { day: today(), listed: 1 }, acceptFault: expect.anything() },
  ]);

  const { runId } = await review(other);
  expect(runId).not.toBeNull();
  const jobs = { ...ctx, actor: { type: "job", name: "registry.sync" } } as const;
  const { answered, readAt, ...said } = await loadRegistryAnswers(jobs, registryId);
  expect(answered).toEqual([390655501001, 390655501002]);
  expect(said).toMatchObject({ free: [390655501001], listed: [390655501002] });
  expect(readAt).toEqual(new Date(Date.parse(`${today()}T00:00Z`) - 14 * 3_600_000));
  expect(await answers()).toHaveLength(2);
});

it("needs two officers: nobody accepts what they attested themselves, and a rejected answer never counts", async () => {
  const { ctx, other, answer, review, answers } = await scene();
  await attestRegistryAnswer(ctx, answer);
  await expect(review(ctx)).rejects.toMatchObject({ code: "forbidden" });
  await review(other, "rejected");
  await expect(review(other)).rejects.toMatchObject({ code: "conflict" });
  await expect(attestRegistryAnswer(ctx, answer)).rejects.toMatchObject({ code: "conflict" });
  expect(await answers()).toEqual([]);
});

it.each([
  ["another hash", { sha256: "0".repeat(64) }, "registry.answer.other-numbers"],
  ["another count", { numbers: 3 }, "registry.answer.other-numbers"],
  ["an old day", { day: "2026-03-02" }, "registry.answer.day"],
  ["a day to come", { day: "2999-01-01" }, "registry.answer.day"],
  ["a number of nobody's", { listedNumbers: "+390655501003" }, "registry.answer.line"],
  ["too few listed numbers", { listedNumbers: "" }, "registry.answer.count"],
])("rejects an attested answer with %s", async (_, fault, key) => {
  const { ctx, other, answer, review } = await scene();
  await expect(attestRegistryAnswer(ctx, { ...answer, ...fault })).rejects.toMatchObject({
    explanation: { key },
  });
  await expect(review(other)).rejects.toMatchObject({ code: "conflict" });
});

it("does not let an older answer replace a newer one", async () => {
  const { ctx, other, registryId, questionId, answer, review } = await scene();
  await attestRegistryAnswer(ctx, answer);
  await review(other);
  const { organizationId } = ctx;
  const where = { organizationId, registryId };
  await db.prisma.registryAnswer.updateMany({ where, data: { answeredAt: new Date() } });
  await db.prisma.registryQuestion.updateMany({
    where: { organizationId, id: questionId },
    data: { status: "attested", listedPhoneIds: [] },
  });
  await review(other);
  const said = await db.prisma.registryAnswer.findMany({ where, orderBy: { said: "asc" } });
  expect(said.map(({ said }) => said)).toEqual(["free", "listed"]);
});

it("refuses calls until the answers are in force, and reads nothing before the first answer", async () => {
  const { ctx, registryId } = await scene();
  const { refusals } = await screenCall(ctx, { phone: free, purpose: "marketing", seller: "acme" });
  expect(refusals).toContainEqual(
    expect.objectContaining({ reason: "registry-unchecked", registry: "IT-RPO" }),
  );
  await startDueReadings(db);
  expect(await db.prisma.run.count({ where: { subjectId: registryId } })).toBe(0);
});

it("lets no agent ask, attest or accept", async () => {
  const { ctx, registryId, answer, review } = await scene();
  const agent = as(ctx, "agent");
  await expect(createRegistryQuestion(agent, { registryId })).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(attestRegistryAnswer(agent, answer)).rejects.toMatchObject({ code: "forbidden" });
  await expect(review(agent)).rejects.toMatchObject({ code: "forbidden" });
});

it("asks no registry that is read from files", async () => {
  const ctx = await aContext();
  const { registryId } = await connectRegistry(ctx, {
    code: "IT-RPO",
    name: "List",
    format: { reader: "csv", mapping: plainMapping("IT") },
    source: { kind: "upload" },
    maxAgeDays: 15,
    maxShrinkShare: 0.02,
  });
  await expect(createRegistryQuestion(ctx, { registryId })).rejects.toMatchObject({
    explanation: { key: "registry.answer.not-attested" },
  });
});

it("keeps a listing when another answer of the same day says that the number is free", async () => {
  const { ctx, other, registryId, questionId, answer, review } = await scene();
  await attestRegistryAnswer(ctx, answer);
  await review(other);
  const { organizationId } = ctx;
  await db.prisma.registryQuestion.updateMany({
    where: { organizationId, id: questionId },
    data: { status: "attested", listedPhoneIds: [] },
  });
  await review(other);
  const said = await db.prisma.registryAnswer.findMany({
    where: { organizationId, registryId },
    orderBy: { said: "asc" },
  });
  expect(said.map(({ said }) => said)).toEqual(["free", "listed"]);
});

it("does not export a question once one of its numbers has been erased", async () => {
  const { ctx, registryId, questionId } = await scene();
  const { organizationId } = ctx;
  await db.prisma.phone.updateMany({
    where: { organizationId, e164: free },
    data: { e164: null, phoneKey: randomBytes(32) },
  });
  await expect(exportRegistryQuestion(ctx, { registryId, questionId })).rejects.toMatchObject({
    explanation: { key: "registry.answer.erased" },
  });
});

it("is neither asked for, attested nor accepted while the registry is disconnected", async () => {
  const { ctx, other, registryId, answer, review, answers } = await scene();
  const connect = (disconnectedAt: Date | null) =>
    db.prisma.registry.updateMany({ where: { id: registryId }, data: { disconnectedAt } });
  const refused = { explanation: { key: "registry.disconnected-already" } };
  await connect(new Date());
  await expect(createRegistryQuestion(ctx, { registryId })).rejects.toMatchObject(refused);
  await expect(attestRegistryAnswer(ctx, answer)).rejects.toMatchObject(refused);
  await connect(null);
  await attestRegistryAnswer(ctx, answer);
  await connect(new Date());
  await expect(review(other)).rejects.toMatchObject(refused);
  expect(await answers()).toEqual([]);
  await review(other, "rejected");
});
