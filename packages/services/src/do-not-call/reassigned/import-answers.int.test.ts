import { expect, it } from "vitest";
import { authenticateRows } from "../../../testing/authenticate-rows.ts";
import { answered, asked } from "../../../testing/reassigned.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { inTransaction } from "../../platform/context.ts";
import { screenCall } from "../../calling/screening/index.ts";
import { erase } from "../../../testing/phones.ts";
import { importAnswers } from "./import-answers.ts";
import { createReassignedQuery } from "./query.ts";

/** The day of the consent of a callable phone, where it is the earliest. */
const day = "2026-01-04";
const of = (phone: string | undefined, said: string) => `${phone?.slice(2)},${day},${said}`;
const kept = (organizationId: string) =>
  db.prisma.reassignedAnswer.count({ where: { organizationId } });

it("saves the answers and applies them from the next call on", async () => {
  const { ctx, phones, queryId } = await asked(3);
  const [gone, theirs, unknown] = phones;
  const screened = async (phone = gone) => {
    const { verdict, refusals } = await screenCall(ctx, {
      phone: phone ?? "",
      purpose: "marketing",
    });
    return [verdict, ...refusals.map(({ reason }) => reason)];
  };
  expect(await screened()).toEqual(["allow"]);

  const lines = [of(gone, "yes"), of(theirs, "no"), of(unknown, "no data")];
  expect(await answered(ctx, queryId, lines)).toEqual({ id: queryId, yes: 1, no: 1, noData: 1 });

  expect(await screened()).toEqual(["refuse", "number-reassigned"]);
  expect(await screened(theirs)).toEqual(["allow"]);
  expect(await screened(unknown)).toEqual(["allow"]);
});

it("gives an automated call its safe harbor only for the answer no", async () => {
  const { ctx, phones, queryId } = await asked(2);
  const [theirs, unknown] = phones;
  const { organizationId } = ctx;
  await answered(ctx, queryId, [of(theirs, "no"), of(unknown, "no data")]);
  const known = await db.prisma.consentEvent.findMany({ where: { organizationId } });
  for (const { id: _, ...event } of known) {
    const channels = ["voice_prerecorded" as const];
    await db.prisma.consentEvent.create({
      data: { ...event, channels, actor: {}, type: "renewed", mac: null },
    });
    await authenticateRows(ctx, organizationId);
  }
  const warned = async (phone: string | undefined) => {
    const call = { phone: phone ?? "", purpose: "marketing", dialer: "prerecorded" as const };
    const { warnings } = await screenCall(ctx, call);
    return warnings.flatMap(({ reason, rule }) => (reason === "number-reassigned" ? rule : []));
  };
  expect(await warned(theirs)).toEqual([]);
  expect(await warned(unknown)).toEqual(["US.rnd"]);
});

it("saves no answer twice, and appends corrections", async () => {
  const { ctx, phones, queryId } = await asked(1);
  const [phone] = phones;
  await answered(ctx, queryId, [of(phone, "yes")]);
  expect(await answered(ctx, queryId, [of(phone, "yes")])).toMatchObject({ yes: 0 });
  expect(await answered(ctx, queryId, [of(phone, "no")])).toMatchObject({ no: 1 });
  expect(await kept(ctx.organizationId)).toBe(2);
});

it("keeps the answer that came later as the latest, even if it started earlier", async () => {
  const { ctx, phones, queryId } = await asked(1);
  const [phone] = phones;
  const { organizationId } = ctx;
  const answers = [{ digits: Number(phone?.slice(1)), day, answer: "yes" as const }];
  await inTransaction(ctx, async (began) => {
    await answered(ctx, queryId, [of(phone, "no")]);
    const earlier = { ...began, now: new Date(began.now.getTime() - 1) };
    await importAnswers(earlier, { queryId, file: "answer.csv", answers });
  });
  const orderBy = [{ recordedAt: "desc" }, { id: "desc" }] as const;
  const latest = await db.prisma.reassignedAnswer.findFirst({
    where: { organizationId },
    orderBy: [...orderBy],
  });
  expect(latest?.answer).toBe("yes");
});

it("imports two concurrent files one after the other", async () => {
  const { ctx, phones, queryId } = await asked(1);
  const both = [1, 2].map(() => answered(ctx, queryId, [of(phones[0], "yes")]));
  const counts = (await Promise.all(both)).map(({ yes }) => yes);
  expect(counts).toEqual(expect.arrayContaining([0, 1]));
});

it.each<[string, (phone: string) => string, string, object]>([
  ["an unknown word", (n) => `${n},${day},maybe\n`, "registry.fault.no-rnd-answer", { line: 1 }],
  ["a cut off no", (n) => `${n},${day},yes\n${n},${day},no`, "registry.fault.cut-off", { line: 2 }],
  ["nothing", () => "", "registry.fault.empty", {}],
  ["a page of a server", () => "<html><body>Sorry", "registry.fault.web-page", {}],
  ["another day", (n) => `${n},2026-01-05,no\n`, "error.reassigned-others", { line: 1 }],
  [
    "another number",
    (n) => `${n},${day},no\n3105550100,${day},no\n`,
    "error.reassigned-others",
    { line: 2 },
  ],
  ["more than was asked", (n) => `${n},${day},no\n`.repeat(3), "error.reassigned-more", {}],
])("takes nothing of a file that holds %s", async (_, text, key, values) => {
  const { ctx, phones, queryId } = await asked(2);
  const loading = answered(ctx, queryId, [], text(phones[0]?.slice(2) ?? ""));
  await expect(loading).rejects.toMatchObject({
    code: "invalid",
    explanation: { key, values: { file: "answer.csv", ...values } },
  });
  expect(await kept(ctx.organizationId)).toBe(0);
});

it("ignores numbers that were erased after the query", async () => {
  const { ctx, phones, queryId } = await asked(2);
  const [gone, here] = phones;
  if (gone) await erase(ctx, gone);
  expect(await answered(ctx, queryId, [of(gone, "yes"), of(here, "no")])).toMatchObject({
    yes: 0,
    no: 1,
  });
});

it("refuses answers to a query if a later one has answers", async () => {
  const { ctx, phones, queryId } = await asked(1);
  const later = await createReassignedQuery(ctx);
  await answered(ctx, later.id, [of(phones[0], "yes")]);
  await expect(answered(ctx, queryId, [of(phones[0], "no")])).rejects.toMatchObject({
    explanation: { key: "error.reassigned-superseded" },
  });
});

it("allows officers only, and finds no query of another organization", async () => {
  const { ctx, phones, queryId } = await asked(1);
  const lines = [of(phones[0], "yes")];
  await expect(answered(as(ctx, "auditor"), queryId, lines)).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(answered(await aContext(), queryId, lines)).rejects.toMatchObject({
    code: "not-found",
  });
  expect(await kept(ctx.organizationId)).toBe(0);
});
