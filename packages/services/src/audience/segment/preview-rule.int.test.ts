import type { Rule } from "@ringfence/core/audience/segment";
import { expect, it } from "vitest";
import { authenticateRows } from "../../../testing/authenticate-rows.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { aScene, buyers, livesIn, twoSellers } from "../../../testing/segment-scene.ts";
import { countNodes, countRule, drawPeople, sampleRule, breakDownRule } from "./preview-rule.ts";
import { saveSegment } from "./save.ts";
import { everybody, sixPeople } from "../../../testing/waterfall-scene.ts";
import { recordContacts } from "../../people/contact/record-contacts.ts";

it("counts the people who match", async () => {
  const ctx = await aScene();
  const count = async (rule: Parameters<typeof countRule>[1]["rule"]) =>
    (await countRule(ctx, { rule })).count;

  expect(await countRule(ctx, { rule: buyers })).toEqual({ faults: [], count: 2 });
  expect(await count({ is: "all", of: [buyers, livesIn("Tver")] })).toBe(1);
  expect(await count({ is: "any", of: [buyers, livesIn("Tver")] })).toBe(3);
  expect(await count({ is: "none", of: [buyers, livesIn("Tver")] })).toBe(1);
  expect(await count({ is: "all", of: [] })).toBe(4);
});

it("reports every fault at its node, and counts nothing", async () => {
  const ctx = await aScene();
  const rule = {
    is: "all" as const,
    of: [buyers, livesIn("Omsk"), { ...livesIn("x"), field: "town" }],
  };
  expect(await countRule(ctx, { rule })).toMatchObject({
    faults: [{ path: "/of/2/field", message: { key: "segment.field-unknown" } }],
    count: null,
  });
});

it("leaves out people who opted out of profiling, even for a condition on no activity", async () => {
  const ctx = await aScene();
  const { organizationId } = ctx;
  const phone = await db.prisma.phone.findFirstOrThrow({
    where: { organizationId, e164: "+12025550101" },
  });
  const at = new Date("2026-02-01T00:00:00Z");
  const { id: optOutId } = await db.prisma.optOut.create({
    data: {
      organizationId,
      phoneId: phone.id,
      scope: "profiling",
      channel: "web",
      at,
      recordedAt: at,
      reference: "AAAA0001",
      actor: {},
    },
  });
  const counts = async () => [
    (await countRule(ctx, { rule: buyers })).count,
    (await countRule(ctx, { rule: { is: "none", of: [buyers] } })).count,
    (await countRule(ctx, { rule: livesIn("Omsk") })).count,
  ];
  expect(await counts()).toEqual([1, 2, 1]);

  const { id: correctionId } = await db.prisma.optOutCorrection.create({
    data: { organizationId, optOutId, proposedAt: at, actor: { id: "asks" } },
  });
  expect(await counts()).toEqual([1, 2, 1]);
  const answer = { organizationId, correctionId, optOutId, answeredAt: at };
  await db.prisma.optOutCorrectionAnswer.create({
    data: { ...answer, isAccepted: true, actor: { id: "accepts" } },
  });
  await authenticateRows(ctx, organizationId);
  expect(await counts()).toEqual([2, 2, 1]);
});

it("refuses agents, and counts nobody of another organization", async () => {
  const ctx = await aScene();
  await expect(countRule(as(ctx, "agent"), { rule: buyers })).rejects.toMatchObject({
    code: "forbidden",
  });
  const other = await aContext();
  expect(await countRule(other, { rule: { is: "all", of: [] } })).toMatchObject({ count: 0 });
  expect(await countRule(other, { rule: buyers })).toMatchObject({ count: 0 });
});

it("counts nobody by consent to a seller that is not the member's, through a named segment either", async () => {
  const ctx = await aScene();
  const { mine, theirs, marketer } = await twoSellers(ctx);
  const { id: segment } = await saveSegment(ctx, { name: "Theirs", rule: theirs });
  const { id: outer } = await saveSegment(ctx, { name: "Outer", rule: { is: "segment", segment } });
  const hidden: Rule[] = [
    theirs,
    { is: "none", of: [mine, { is: "all", of: [theirs] }] },
    { is: "segment", segment: outer },
  ];
  for (const rule of hidden) {
    await expect(countRule(marketer, { rule })).rejects.toMatchObject({ code: "forbidden" });
    expect(await countRule(ctx, { rule })).toMatchObject({ faults: [] });
  }
  expect(await countRule(marketer, { rule: mine })).toEqual({ faults: [], count: 0 });
});

it("counts each row alone, and a group as a whole", async () => {
  const ctx = await aScene();
  const inner = { is: "none" as const, of: [buyers, livesIn("Tver")] };
  const rule = { is: "all" as const, of: [buyers, { is: "any" as const, of: [inner, buyers] }] };
  expect(await countNodes(ctx, { rule })).toEqual({
    faults: [],
    counts: [
      { path: "", count: 2 },
      { path: "/of/0", count: 2 },
      { path: "/of/1", count: 3 },
      { path: "/of/1/of/0", count: 1 },
      { path: "/of/1/of/0/of/0", count: 2 },
      { path: "/of/1/of/0/of/1", count: 2 },
      { path: "/of/1/of/1", count: 2 },
    ],
  });
});

it("counts nothing for a rule with faults", async () => {
  const ctx = await aScene();
  const rule = { is: "all" as const, of: [buyers, { ...livesIn("x"), field: "town" }] };
  expect(await countNodes(ctx, { rule })).toMatchObject({
    faults: [{ path: "/of/1/field" }],
    counts: [],
  });
});

it("refuses agents, and counts nobody of another organization", async () => {
  const ctx = await aScene();
  await expect(countNodes(as(ctx, "agent"), { rule: buyers })).rejects.toMatchObject({
    code: "forbidden",
  });
  expect(await countNodes(await aContext(), { rule: buyers })).toMatchObject({
    counts: [{ count: 0 }],
  });
});

it("counts nobody by consent to a seller that is not the member's", async () => {
  const { theirs, mine, marketer } = await twoSellers(await aScene());
  const rule = { is: "any" as const, of: [mine, theirs] };
  await expect(countNodes(marketer, { rule })).rejects.toMatchObject({ code: "forbidden" });
});

it("finds where people of an unsaved rule would end", async () => {
  const { ctx } = await sixPeople();
  const { faults, sample } = await sampleRule(ctx, { rule: everybody });
  expect(faults).toEqual([]);
  expect(sample).toMatchObject({
    contacts: 6,
    counts: { number: 1, consent: 1, refusals: 1, suppressions: 1, callable: 2 },
  });
  const survey = await sampleRule(ctx, { rule: everybody, purpose: "survey" });
  expect(survey.sample?.counts).toMatchObject({ number: 1, consent: 5, callable: 0 });
  const nobody = await sampleRule(ctx, { rule: { is: "any", of: [] } });
  expect(nobody.sample?.counts).toMatchObject({ number: 0, callable: 0 });
});

it("reports every fault of a rule at its node", async () => {
  const rule = {
    is: "all" as const,
    of: [{ is: "attribute" as const, field: "town", test: { test: "present", isPresent: true } }],
  } as const;
  const asked = { rule: { ...rule, of: [...rule.of] } };
  expect(await sampleRule(await aContext(), asked)).toMatchObject({
    faults: [{ path: "/of/0/field", message: { key: "segment.field-unknown" } }],
    sample: null,
  });
});

it("refuses agents, and finds nobody of another organization", async () => {
  const { ctx } = await sixPeople();
  await expect(sampleRule(as(ctx, "agent"), { rule: everybody })).rejects.toMatchObject({
    code: "forbidden",
  });
  const { sample } = await sampleRule(await aContext(), { rule: everybody });
  expect(sample).toMatchObject({ contacts: 0, counts: { callable: 0 } });
});

it("samples nobody by consent to a seller that is not the member's", async () => {
  const { ctx } = await sixPeople();
  const { mine, theirs, marketer } = await twoSellers(ctx);
  const asked = { rule: theirs };
  await expect(sampleRule(marketer, asked)).rejects.toMatchObject({ code: "forbidden" });
  expect((await sampleRule(marketer, { rule: mine })).sample).toMatchObject({ contacts: 6 });
});

it("counts people by value, and those without one", async () => {
  const ctx = await aScene();
  expect(await breakDownRule(ctx, { rule: everybody, field: "city" })).toEqual({
    faults: [],
    spread: {
      values: [
        { value: "Tver", count: 2 },
        { value: "Omsk", count: 1 },
      ],
      others: 0,
      unknown: 1,
    },
  });
  expect((await breakDownRule(ctx, { rule: livesIn("Tver"), field: "age" })).spread).toEqual({
    values: [{ value: "40", count: 1 }],
    others: 0,
    unknown: 1,
  });
});

it("names the six most common values, and groups the others", async () => {
  const ctx = await aContext();
  const rows = Array.from({ length: 28 }, (_, index) => ({
    externalId: `c${index}`,
    // One person lives in city 1, two in city 2, …, seven in city 7.
    attributes: { city: `city ${Math.ceil((Math.sqrt(8 * (index + 1) + 1) - 1) / 2)}` },
  }));
  await recordContacts(ctx, { rows });
  const { spread } = await breakDownRule(ctx, { rule: everybody, field: "city" });
  expect(spread?.values.map(({ value, count }) => [value, count])).toEqual(
    [7, 6, 5, 4, 3, 2].map((n) => [`city ${n}`, n]),
  );
  expect(spread).toMatchObject({ others: 1, unknown: 0 });
});

it("reports the faults of a rule, and refuses agents", async () => {
  const ctx = await aScene();
  const faulty = { ...livesIn("x"), field: "town" };
  expect(await breakDownRule(ctx, { rule: faulty, field: "city" })).toMatchObject({
    faults: [{ path: "/field" }],
    spread: null,
  });
  const asked = { rule: buyers, field: "city" };
  await expect(breakDownRule(as(ctx, "agent"), asked)).rejects.toMatchObject({ code: "forbidden" });
});

it("reveals nothing of another organization, nor of a seller that is not the member's", async () => {
  await aScene();
  const none = await breakDownRule(await aContext(), { rule: everybody, field: "city" });
  expect(none.spread).toEqual({ values: [], others: 0, unknown: 0 });
  const { theirs, marketer } = await twoSellers(await aScene());
  await expect(breakDownRule(marketer, { rule: theirs, field: "city" })).rejects.toMatchObject({
    code: "forbidden",
  });
});

it("shows six people and where a call to each would end, and audits who looked", async () => {
  const { ctx } = await sixPeople();
  const { organizationId } = ctx;
  const { people } = await drawPeople(ctx, { rule: everybody, draw: 0 });
  expect(Object.fromEntries(people.map(({ name, place }) => [name, place]))).toEqual({
    ada: "callable",
    bo: "callable",
    cy: "consent",
    di: "refusals",
    ed: "suppressions",
    flo: "number",
  });
  const where = { organizationId, action: "segment.read" };
  expect(await db.prisma.auditEntry.findMany({ where })).toMatchObject([
    { actor: { type: "member", id: "ada" }, details: { segmentId: null, drawn: 6 } },
  ]);
});

it("draws the same people again with the same number, and others with another", async () => {
  const { ctx } = await sixPeople();
  const { organizationId } = ctx;
  const at = new Date("2026-01-01T00:00:00Z");
  await db.prisma.contact.createMany({
    data: Array.from({ length: 60 }, () => ({ organizationId, createdAt: at, updatedAt: at })),
  });
  const drawn = async (draw: number) =>
    (await drawPeople(ctx, { rule: everybody, draw })).people.map(({ ordinal }) => ordinal);
  expect(await drawn(0)).toHaveLength(6);
  expect(await drawn(1)).toEqual(await drawn(1));
  expect(await drawn(1)).not.toEqual(await drawn(0));
});

it("masks numbers for a marketer", async () => {
  const { ctx, ada } = await sixPeople();
  const { people } = await drawPeople(as(ctx, "marketer"), { rule: everybody, draw: 0 });
  expect(JSON.stringify(people)).not.toContain(ada.phone);
  expect(JSON.stringify(people)).toContain("•");
});

it("audits nothing if nobody is shown, and reports the faults of a rule", async () => {
  const { ctx } = await sixPeople();
  const { organizationId } = ctx;
  const faulty = { ...livesIn("x"), field: "town" };
  expect(await drawPeople(ctx, { rule: faulty, draw: 0 })).toMatchObject({
    faults: [{ path: "/field" }],
    people: [],
  });
  expect(await drawPeople(ctx, { rule: { is: "any", of: [] }, draw: 0 })).toEqual({
    faults: [],
    people: [],
  });
  const where = { organizationId, action: "segment.read" };
  expect(await db.prisma.auditEntry.count({ where })).toBe(0);
});

it("refuses agents, and shows nobody of another organization", async () => {
  const { ctx } = await sixPeople();
  const asked = { rule: everybody, draw: 0 };
  await expect(drawPeople(as(ctx, "agent"), asked)).rejects.toMatchObject({ code: "forbidden" });
  expect(await drawPeople(await aContext(), asked)).toEqual({ faults: [], people: [] });
});

it("shows nobody by consent to a seller that is not the member's", async () => {
  const { ctx } = await sixPeople();
  const { theirs, marketer } = await twoSellers(ctx);
  await expect(drawPeople(marketer, { rule: theirs, draw: 0 })).rejects.toMatchObject({
    code: "forbidden",
  });
});
